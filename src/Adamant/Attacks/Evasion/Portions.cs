using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Asks a victim about many rows at once, in portions that fit the cache.</summary>
internal static class Portions
{
    private const long Most = 256;

    /// <summary>The scores of each row, without gradients: shape <c>[M, classes]</c>.</summary>
    public static Tensor Logits(IScoring victim, Tensor rows)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var parts = Of(rows.shape[0]).Select(part => victim.Logits(rows.narrow(0, part.Start, part.Count))).ToArray();
        return (parts.Length == 1 ? parts[0] : cat(parts)).MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="LossGradient"/>, for any number of rows.</summary>
    /// <param name="victim">The white box.</param>
    /// <param name="rows">Shape <c>[M, …]</c>.</param>
    /// <param name="loss">From logits, first row and number of rows to one number per row.</param>
    public static (Tensor Logits, Tensor Losses, Tensor Gradient) Climb(IDifferentiable victim, Tensor rows, Func<Tensor, long, long, Tensor> loss)
    {
        using var scope = NewDisposeScope();
        var parts = Of(rows.shape[0])
            .Select(part => LossGradient.Of(victim, rows.narrow(0, part.Start, part.Count), logits => loss(logits, part.Start, part.Count))).ToArray();
        if (parts.Length == 1) return Outer(parts[0]);
        return Outer((cat([.. parts.Select(p => p.Logits)]), cat([.. parts.Select(p => p.Losses)]), cat([.. parts.Select(p => p.Gradient)])));
    }

    private static (Tensor, Tensor, Tensor) Outer((Tensor Logits, Tensor Losses, Tensor Gradient) found) =>
        (found.Logits.MoveToOuterDisposeScope(), found.Losses.MoveToOuterDisposeScope(), found.Gradient.MoveToOuterDisposeScope());

    private static IEnumerable<(long Start, long Count)> Of(long rows)
    {
        var count = Math.Max(1, (rows + Most - 1) / Most);
        for (long i = 0; i < count; i++) yield return (rows * i / count, (rows * (i + 1) / count) - (rows * i / count));
    }
}
