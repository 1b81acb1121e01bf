using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Certification;

/// <summary>
/// Robust accuracy from both sides: no attack can push it below the certified share, and the attack has pushed it to its own.
/// <code>certified accuracy ≤ robust accuracy ≤ accuracy under attack</code>
/// </summary>
/// <remarks>
/// Samples that are certified are not attacked: it could not succeed. A wide bracket says that the proof is loose, the attack weak, or both; it says nothing
/// about where in between the truth lies. The shares are of the samples at hand; their Wilson intervals speak of the population.
/// </remarks>
public sealed record Bracket
{
    /// <summary>What was proved, of all samples.</summary>
    public required CertificationResult Proved { get; init; }

    /// <summary>The attack, as it prints itself.</summary>
    public required string Attack { get; init; }

    /// <summary>Each sample from both sides, in the order of the data.</summary>
    public required IReadOnlyList<BracketSample> Samples { get; init; }

    /// <summary>What makes the attack's score doubtful.</summary>
    public IReadOnlyList<AttackWarning> Warnings { get; init; } = [];

    /// <summary>The lower end: right within the whole ball, proved.</summary>
    public Proportion CertifiedAccuracy => new(Samples.Count(s => s.IsCertified), Samples.Count);

    /// <summary>The upper end: what the attack left.</summary>
    public Proportion AttackedAccuracy => new(Samples.Count(s => s.MayBeRobust), Samples.Count);

    /// <summary>The interval of the population's robust accuracy, from the lower end's lower Wilson bound to the upper end's upper one.</summary>
    public (double Low, double High) Interval95 => (CertifiedAccuracy.Wilson95.Low, AttackedAccuracy.Wilson95.High);

    /// <summary>Certifies every sample, and attacks those that are not certified.</summary>
    /// <param name="victim">The model that the certificate is about, with all its defenses; for smoothing the smoothed classifier.</param>
    /// <param name="certificate">The method of proof, with its model.</param>
    /// <param name="attack">The attack.</param>
    /// <param name="data">Samples and class numbers.</param>
    /// <param name="threat">The ball of both; without a target, as proofs are against every wrong class.</param>
    /// <param name="run">Seed and progress of the attack.</param>
    /// <param name="progress">Hears of each certificate; null for nobody.</param>
    /// <param name="cancellation">Stops within one step.</param>
    /// <exception cref="ArgumentException">There is a target, something does not fit, or the certificate is about another model than the victim.</exception>
    public static Bracket Of<TVictim>(
        TVictim victim, ICertificate certificate, IEvasion<TVictim> attack, Batch data, Threat threat,
        Run? run = null, IProgress<SampleCertificate>? progress = null, CancellationToken cancellation = default)
        where TVictim : class, IClassifier
    {
        if (threat.Target is not null) throw new ArgumentException("Expected a threat without a target: a certificate is against every wrong class.", nameof(threat));
        using var scope = NewDisposeScope();
        var proved = CertificationResult.Of(certificate, data, threat.Ball, progress, cancellation);
        var certified = proved.Samples.Select(s => s.Holds(threat.Ball.Radius)).ToArray();
        CheckSameModel(victim, data, proved, certified);

        var open = Enumerable.Range(0, certified.Length).Where(i => !certified[i]).Select(i => (long)i).ToArray();
        var indices = tensor(open, ScalarType.Int64);
        using var result = open.Length == 0
            ? null
            : attack.Against(victim, new Batch(data.Inputs.index_select(0, indices), data.Labels.index_select(0, indices)), threat.Select(indices), run, cancellation: cancellation);
        var outcomes = open.Zip(result?.Samples ?? []).ToDictionary(s => s.First, s => s.Second);
        return new Bracket
        {
            Proved = proved,
            Attack = $"{attack}",
            Samples = [.. proved.Samples.Select((s, i) => new BracketSample(s, outcomes.TryGetValue(i, out var outcome) ? outcome : null))],
            Warnings = result?.Warnings ?? [],
        };
    }

    /// <summary>A proof about one model beside an attack on another would bracket nothing.</summary>
    private static void CheckSameModel(IClassifier victim, Batch data, CertificationResult proved, bool[] certified)
    {
        var rows = Enumerable.Range(0, certified.Length).Where(i => certified[i]).Select(i => (long)i).ToArray();
        if (rows.Length == 0) return;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var answers = victim.Predict(data.Inputs.index_select(0, tensor(rows, ScalarType.Int64))).data<long>().ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            var expected = proved.Samples[(int)rows[i]].Predicted;
            if (answers[i] == expected || answers[i] == IClassifier.Rejected) continue;
            throw new ArgumentException($"The certificate says {expected} of sample {rows[i]}, the victim {answers[i]}: they are of two models. Attack the one that was certified.", nameof(victim));
        }
    }
}
