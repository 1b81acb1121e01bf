namespace Adamant.Attacks;

/// <summary>The series of bounded values and slopes that follows a gradient best, found by dynamic programming over time.</summary>
internal static class SlopeBoundedPath
{
    private const int MostLevels = 512;                         // on each side of 0: beyond, the path keeps its slope and does not reach the far values

    /// <summary>
    /// Maximizes the sum of <c>gₜ vₜ</c> under <c>|vₜ| ≤ reachₜ</c> and <c>|vₜ − vₜ₋₁| ≤ slope</c>, for v on a grid whose step is at most the slope.
    /// </summary>
    /// <param name="gradient">g, shape <c>[N, T, …]</c>.</param>
    /// <param name="reach">The largest value of each coordinate, broadcastable to the gradient's shape.</param>
    /// <param name="slope">Above 0.</param>
    /// <returns>Shape of the gradient; 0 in channels whose gradient is 0 everywhere.</returns>
    public static Tensor Best(Tensor gradient, Tensor reach, double slope)
    {
        using var scope = NewDisposeScope();
        var farthest = reach.max().ToDouble();
        if (farthest == 0) return zeros_like(gradient).MoveToOuterDisposeScope();
        var side = Math.Clamp((int)Math.Min(Math.Ceiling(farthest / slope - 1e-9), MostLevels), 1, MostLevels);
        var levels = arange(-side, side + 1, dtype: gradient.dtype) * Math.Min(slope, farthest / side);

        // score[v] after step t: the best sum so far of a path that is at v; from there it goes one level down, stays, or goes one up.
        var moves = new List<Tensor>();
        Tensor? score = null;
        for (long t = 0; t < gradient.shape[1]; t++)
        {
            var here = gradient.select(1, t).unsqueeze(-1) * levels;
            here = here.masked_fill(levels.abs().gt(reach.expand(gradient.shape).select(1, t).unsqueeze(-1) * (1 + 1e-6)), double.NegativeInfinity);
            if (score is null)
            {
                score = here;
                continue;
            }
            var (best, from) = nn.functional.pad(score, (1, 1), value: double.NegativeInfinity).unfold(-1, 3, 1).max(-1);
            moves.Add(from - 1);
            score = best + here;
        }

        var at = score!.argmax(-1, keepdim: true);
        var path = new List<Tensor> { at };
        for (var t = moves.Count - 1; t >= 0; t--) path.Add(at = at + moves[t].gather(-1, at));
        path.Reverse();
        var chosen = levels.index_select(0, stack(path, 1).flatten()).reshape(gradient.shape);
        return (chosen * gradient.ne(0).any(1, keepdim: true)).MoveToOuterDisposeScope();
    }
}
