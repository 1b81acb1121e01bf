using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>Checks evidence: asks the model again about every sample, measures every move again, and counts again. Shares no code with what ran the attacks.</summary>
/// <remarks>
/// A sample at the very border may get another class on another machine, whose sums round differently; then the check fails and names it. What evidence cannot
/// show: that the attacks were the strongest, and that the samples were not chosen.
/// </remarks>
public static class EvidenceVerifier
{
    private const int MicroBatch = 256;

    /// <summary>Checks evidence on tensors.</summary>
    /// <param name="folder">What was read.</param>
    /// <param name="victim">The model.</param>
    /// <param name="sha256">SHA-256 of its weights file.</param>
    /// <param name="data">The first samples of the data set that the evidence names; null when it is not at hand.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>All checks; those that make no sense after a failure are marked as not done.</returns>
    public static IReadOnlyList<EvidenceCheck> Verify(
        EvidenceFolder folder, IClassifier victim, string sha256, Batch? data = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(victim);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (evidence, samples) = (folder.Evidence, folder.Evidence.Samples);
        var checks = new EvidenceChecklist();
        checks.Add("files belong together", evidence.TensorsSha256 == folder.TensorsSha256, $"SHA-256 of {EvidenceFolder.TensorsName}");
        checks.Add("weights", evidence.Model.Sha256 == sha256, $"SHA-256 {sha256[..Math.Min(12, sha256.Length)]}…");
        var (inputs, labels, moved) = (folder.Tensors["inputs"], folder.Tensors["labels"], folder.Tensors["adversarials"]);
        if (!checks.Add("shapes and types", EvidenceTensors.Fit(victim.Input, inputs, labels, moved, samples.Count), $"{moved.dtype} [{string.Join(", ", moved.shape)}]"))
            return checks.Stop("data", "labels", "range", "threat", "size of moves", "recorded distances", "clean predictions", "adversarial predictions", "counts");

        checks.Add("data", evidence.SamplesSha256 == SampleHash.Of(inputs, labels), "SHA-256 of the samples in the file");
        if (data is null) checks.Skip("data set", "not at hand: name it with --data");
        else checks.Add("data set", evidence.SamplesSha256 == SampleHash.Of(data.Inputs, data.Labels), "the same samples as the first of the data set");
        checks.Compare("labels", labels.data<long>().ToArray(), samples, s => s.Label);
        var inRange = checks.Rows("range", EvidenceTensors.Outside(victim.Input, inputs).Concat(EvidenceTensors.Outside(victim.Input, moved)), $"finite, {victim.Input}");

        var ball = evidence.Threat.Ball!;
        checks.Add("threat", evidence.Threat.Text == $"{ball.Rebuild(folder.Tensors)}", $"{ball.Rebuild(folder.Tensors)}");
        var sizes = ball.Measure(moved.to_type(ScalarType.Float64) - inputs.to_type(ScalarType.Float64), folder.Tensors).data<double>().ToArray();
        var tolerance = EvidenceTensors.Tolerance(ball, inputs, folder.Tensors);
        checks.Rows("size of moves", Rows(sizes, (size, _) => !(size <= ball.Radius + tolerance)), $"largest {sizes.Max():0.######}, allowed {ball.Radius:0.######}");
        checks.Rows("recorded distances", Rows(sizes, (size, i) => !(Math.Abs(size - samples[i].Distance) <= tolerance)), "measured again");
        if (!inRange) return checks.Stop("clean predictions", "adversarial predictions", "counts");

        checks.Compare("clean predictions", EvidenceTensors.Predict(victim, inputs, MicroBatch, cancellation), samples, s => s.Clean);
        checks.Compare("adversarial predictions", EvidenceTensors.Predict(victim, moved, MicroBatch, cancellation), samples, s => s.Adversarial);
        return checks.Count(evidence, sizes.Max(), tolerance);
    }

    /// <summary>Checks evidence on texts.</summary>
    /// <param name="evidence">What was read.</param>
    /// <param name="victim">The model.</param>
    /// <param name="sha256">SHA-256 of its weights file.</param>
    /// <param name="data">The first texts and labels of the data set that the evidence names; null when it is not at hand.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <remarks>That substitutes are of near meaning is not checked: the word vectors are no part of the evidence.</remarks>
    public static IReadOnlyList<EvidenceCheck> Verify(
        Evidence evidence, ITextClassifier victim, string sha256, (IReadOnlyList<string> Texts, Tensor Labels)? data = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(victim);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (samples, checks) = (evidence.Samples, new EvidenceChecklist());
        checks.Add("weights", evidence.Model.Sha256 == sha256, $"SHA-256 {sha256[..Math.Min(12, sha256.Length)]}…");
        if (!checks.Rows("texts", Rows(samples, (s, _) => !(Texts.Words.Any(s.Original ?? "") && Texts.Words.Any(s.Moved ?? ""))), "with at least one word"))
            return checks.Stop("data", "size of moves", "clean predictions", "adversarial predictions", "counts");
        checks.Add("data", evidence.SamplesSha256 == SampleHash.Of(samples.Select(s => s.Original!), tensor(samples.Select(s => s.Label).ToArray())), "SHA-256 of the texts in the file");
        if (data is { } set) checks.Add("data set", evidence.SamplesSha256 == SampleHash.Of(set.Texts, set.Labels), "the same texts as the first of the data set");
        else checks.Skip("data set", "not at hand: name it with --data");

        var edits = evidence.Threat.Rebuild();
        checks.Add("threat", evidence.Threat.MinCosine is null ? evidence.Threat.Text == $"{edits}" : evidence.Threat.Text.StartsWith($"{edits}, ", StringComparison.Ordinal), $"{edits}");
        double[] sizes = [.. samples.Select(s => (double)edits.Measure(s.Original!, s.Moved!))];
        checks.Rows("size of moves", Rows(sizes, (size, i) => size > edits.Allowed(samples[i].Original!)), $"largest {sizes.Max():0} edits, {evidence.Threat.Text}");
        checks.Rows("recorded distances", Rows(sizes, (size, i) => evidence.Threat.MinCosine is null ? size != samples[i].Distance : size > samples[i].Distance), "measured again");
        if (evidence.Threat.MinCosine is not null) checks.Skip("near meaning", "word vectors are no part of the evidence");
        long[] Predict(Func<EvidenceSample, string> text) => [.. samples.Select(text).Chunk(MicroBatch).SelectMany(part => EvidenceTensors.Predict(victim, part, cancellation))];
        checks.Compare("clean predictions", Predict(s => s.Original!), samples, s => s.Clean);
        checks.Compare("adversarial predictions", Predict(s => s.Moved!), samples, s => s.Adversarial);
        return checks.Count(evidence, samples.Max(s => s.Distance), 0);
    }

    private static IEnumerable<long> Rows<T>(IEnumerable<T> values, Func<T, int, bool> fails) =>
        values.Select((value, i) => (value, i)).Where(v => fails(v.value, v.i)).Select(v => (long)v.i);
}
