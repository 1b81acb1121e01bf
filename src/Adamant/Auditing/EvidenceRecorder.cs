using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>Keeps what attacks on one model found, per sample the first success, and writes it down as evidence that others can check.</summary>
public sealed class EvidenceRecorder : IDisposable
{
    private readonly List<EvidenceAttack> attacks = [];
    private readonly Dictionary<string, AttackWarning> warnings = [];
    private readonly List<NotRun> notRun = [];
    private readonly Dictionary<string, Tensor> tensors = [];
    private EvidenceSample[] samples = [];
    private EvidenceThreat? threat;
    private string samplesSha256 = "";
    private long forwards, gradients;

    /// <summary>Adds a run on tensors.</summary>
    /// <param name="name">The attack's short name.</param>
    /// <param name="data">The samples that were attacked: the same ones in each run.</param>
    /// <param name="result">The judgment; it stays the caller's.</param>
    /// <exception cref="ArgumentException">Another threat or other samples than in the runs before, or a ball that evidence cannot hold.</exception>
    public void Add(string name, Batch data, EvasionResult result)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(result);
        using var scope = NewDisposeScope();
        var own = new Dictionary<string, Tensor>();
        Begin(EvidenceThreat.Of(result.Threat.Ball, own), SampleHash.Of(data.Inputs, data.Labels), result, () =>
        {
            foreach (var (key, value) in own.Append(new("inputs", data.Inputs)).Append(new("labels", data.Labels)).Append(new("adversarials", result.Adversarials)))
                tensors[key] = value.detach().clone().DetachFromDisposeScope();
        });
        var taken = Merge(name, result, result.Threat.Target?.data<long>().ToArray(), (sample, _) => sample);
        if (taken.Length == 0) return;
        var rows = tensor(taken);
        tensors["adversarials"].index_copy_(0, rows, result.Adversarials.index_select(0, rows));
    }

    /// <summary>Adds a run on texts.</summary>
    /// <param name="name">The attack's short name.</param>
    /// <param name="result">The judgment.</param>
    /// <exception cref="ArgumentException">Another threat or other texts than in the runs before.</exception>
    public void Add(string name, TextEvasionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var labels = tensor(result.Samples.Select(s => s.Label).ToArray());
        Begin(EvidenceThreat.Of(result.Threat.Edits), SampleHash.Of(result.Originals, labels), result, () => { });
        Merge(name, result, result.Threat.Target?.data<long>().ToArray(), (sample, i) => sample with { Original = result.Originals[i], Moved = result.Adversarials[i] });
    }

    /// <summary>Writes <c>evidence.json</c>, and <c>adversarials.safetensors</c> for tensors; the same runs give the same bytes but for the times.</summary>
    /// <param name="folder">Made if it is not there; files of these names in it are replaced.</param>
    /// <param name="model">Whose weights were attacked.</param>
    /// <param name="data">The data set that the samples are the first of.</param>
    /// <param name="reproduction">How to run it again.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    /// <exception cref="ArgumentException">More than 2 GiB of samples.</exception>
    /// <exception cref="IOException">The disk is full, or <paramref name="folder"/> is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public Evidence Write(string folder, EvidenceModel model, DatasetCard data, Reproduction reproduction)
    {
        if (threat is null) throw new InvalidOperationException("Expected at least one run of an attack, got none. Add it first.");
        return EvidenceFolder.Write(folder, tensors, new Evidence
        {
            Created = DateTimeOffset.UtcNow,
            Reproduction = reproduction,
            Model = model,
            Data = data,
            SamplesSha256 = samplesSha256,
            Threat = threat,
            Attacks = attacks,
            Claims = Claim(),
            Warnings = [.. warnings.Values],
            NotRun = notRun,
            Samples = samples,
        });
    }

    /// <summary>Frees the samples.</summary>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    private void Begin(EvidenceThreat allowed, string hash, Judgment result, Action keep)
    {
        if (threat is null)
        {
            (threat, samplesSha256, samples) = (allowed, hash, new EvidenceSample[result.Samples.Count]);
            keep();
        }
        if (threat != allowed) throw new ArgumentException($"Expected the threat of the runs before, {threat.Text}, got {allowed.Text}.", nameof(result));
        if (hash != samplesSha256) throw new ArgumentException("Expected the samples of the runs before, got others.", nameof(result));
        foreach (var warning in result.Warnings) warnings.TryAdd(warning.Code, warning);
        notRun.AddRange(result.NotRun);
        (forwards, gradients) = (forwards + result.Forwards, gradients + result.Gradients);
    }

    /// <summary>Takes the outcomes of the samples that no run before has won.</summary>
    /// <returns>Their numbers.</returns>
    private long[] Merge(string name, Judgment result, long[]? targets, Func<EvidenceSample, int, EvidenceSample> complete)
    {
        var taken = new List<long>();
        var whole = NumberOf(name, result.Attack);
        for (var i = 0; i < samples.Length; i++)
        {
            if (samples[i] is { Won: true }) continue;
            var outcome = result.Samples[i];
            var sample = complete(
                new EvidenceSample
                {
                    Label = outcome.Label,
                    Target = targets?[i],
                    Clean = outcome.Clean,
                    Adversarial = outcome.Adversarial,
                    Distance = outcome.Perturbation,
                    Queries = outcome.Queries,
                },
                i);
            samples[i] = sample.Won ? sample with { Attack = outcome.Attack is { } member ? NumberOf(NameOf(member), member) : whole } : sample;
            taken.Add(i);
        }
        return [.. taken];
    }

    /// <summary>The command line's name of an attack that took its turn in another: it is that of its type, <c>3 × Pgd { … }</c> is <c>pgd</c>.</summary>
    private static string NameOf(string attack) =>
        CommandName.Of(string.Concat(attack.SkipWhile(c => !char.IsAsciiLetter(c)).TakeWhile(char.IsAsciiLetterOrDigit)));

    private int NumberOf(string name, string parameters)
    {
        var attack = new EvidenceAttack(name, parameters);
        if (attacks.IndexOf(attack) is >= 0 and var known) return known;
        attacks.Add(attack);
        return attacks.Count - 1;
    }

    private EvidenceClaims Claim() => new(
        new Proportion(samples.LongCount(s => s.Clean == s.Label), samples.Length),
        new Proportion(samples.LongCount(s => s.Clean == s.Label && (s.Adversarial == s.Label || s.Adversarial == Victims.IClassifier.Rejected)), samples.Length),
        new Proportion(samples.LongCount(s => s.Won), samples.LongCount(s => s.Attacked)),
        samples.Max(s => s.Distance), forwards, gradients);
}
