using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Where an attack begins: a sample that has already fallen costs nothing more.</summary>
internal static class StandingSamples
{
    /// <summary>Asks the victim once about each sample.</summary>
    /// <returns>A copy of the inputs, the scores of the standing samples, and the numbers of these samples.</returns>
    public static (Tensor Moved, Tensor Logits, Tensor Standing) Of(
        IScoring victim, Tensor inputs, Tensor labels, Threat threat, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var logits = Portions.Logits(victim, inputs);
        var standing = threat.Stands(logits.argmax(1), labels).nonzero().squeeze(1);
        return (inputs.detach().clone().MoveToOuterDisposeScope(), logits.index_select(0, standing).MoveToOuterDisposeScope(), standing.MoveToOuterDisposeScope());
    }

    /// <summary>The most probable wrong classes of each sample, or the target: shape <c>[aims, N]</c>.</summary>
    /// <param name="logits">Of the standing samples, <c>[N, classes]</c>.</param>
    /// <param name="labels">Their classes, <c>[N]</c>.</param>
    /// <param name="target">Their targets, <c>[N]</c>; null for any wrong class.</param>
    /// <param name="most">How many wrong classes; fewer when there are not so many.</param>
    public static Tensor Aims(Tensor logits, Tensor labels, Tensor? target, int most)
    {
        using var scope = NewDisposeScope();
        if (target is not null) return target.unsqueeze(0).MoveToOuterDisposeScope();
        var others = logits.masked_fill(arange(logits.shape[1]).eq(labels.unsqueeze(1)), double.NegativeInfinity);
        return others.sort(1, descending: true).Indices.narrow(1, 0, Math.Min(most, logits.shape[1] - 1)).t().contiguous().MoveToOuterDisposeScope();
    }
}
