using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// The shortest legal move from a point to a linear boundary, exactly, in a norm and within the range of the inputs.
/// <code>min ‖d‖ₚ   such that   w · d = r,   low ≤ x + d ≤ high</code>
/// </summary>
/// <remarks>
/// Every coordinate moves in the direction that helps, by <c>min(λ, room)</c> in Linf and <c>min(λ |wᵢ|, room)</c> in L2; what is gained is concave and piecewise
/// linear in λ, so that Newton's steps from 0 reach the λ that gains r from below, in finitely many and usually four. In L1 the coordinates with the largest |wᵢ|
/// move first, as far as they can. A boundary that cannot be reached gives the corner of the range that comes nearest.
/// Source: Croce, Hein, "Minimally distorted Adversarial Examples with a Fast Adaptive Boundary Attack", ICML 2020, arXiv:1907.02044, §2.2 and appendix A.
/// </remarks>
internal static class BoundaryProjection
{
    private const int Most = 64;
    private const float Tiny = 1.2e-38f, Same = 1e-4f;                 // Newton's last step leaves an error of the second order

    /// <summary>The norms that have an exact projection, scaled or not.</summary>
    public static bool Knows(Ball ball) => ball is Linf or L2 or L1 || (ball is Scaled { Inner: var inner } && Knows(inner));

    /// <summary>The move for each row.</summary>
    /// <param name="ball">Its norm counts, not its radius; see <see cref="Knows"/>.</param>
    /// <param name="points">x, shape <c>[M, …]</c>.</param>
    /// <param name="slopes">w, the same shape.</param>
    /// <param name="gains">r, shape <c>[M]</c>.</param>
    /// <param name="range">The range of the inputs.</param>
    public static Tensor Move(Ball ball, Tensor points, Tensor slopes, Tensor gains, InputSpec range)
    {
        using var scope = NewDisposeScope();
        var units = ball is Scaled ? ball.Reach(points).expand(points.shape).flatten(1) : null;
        var (x, w, r) = (points.flatten(1), slopes.flatten(1), gains.abs().unsqueeze(1));
        var up = w * gains.sign().unsqueeze(1);
        var room = where(up.gt(0), range.Max, range.Min).to_type(x.dtype).sub_(x).abs_().clamp_max_(float.MaxValue);
        var gain = w.abs();
        if (units is not null)
        {
            gain.mul_(units);
            room = where(units.gt(0), room / units, zeros_like(room));
        }
        var length = Innermost(ball) switch
        {
            Linf => minimum(room, Level(room, gain, r)),
            L2 => minimum(room, gain * Level(room / gain.clamp_min(Tiny), gain * gain, r)),
            _ => Greedy(room, gain, r),
        };
        if (units is not null) length.mul_(units);
        return length.mul_(up.sign_()).view(points.shape).MoveToOuterDisposeScope();
    }

    private static Ball Innermost(Ball ball) => ball is Scaled scaled ? Innermost(scaled.Inner) : ball;

    /// <summary>λ with Σ weight · min(λ, end) = r, or beyond all ends where there is none; shape <c>[M, 1]</c>.</summary>
    private static Tensor Level(Tensor ends, Tensor weights, Tensor r)
    {
        using var scope = NewDisposeScope();
        var level = zeros_like(r);
        for (var (i, moved) = (0, true); i < Most && moved; i++)
        {
            using var inner = NewDisposeScope();
            var open = ends.gt(level);
            var slope = (weights * open).sum(1, keepdim: true);
            var closed = (weights * ends.masked_fill(open, 0)).sum(1, keepdim: true);
            var next = where(slope.gt(0), (r - closed) / slope.clamp_min(Tiny), float.MaxValue);
            moved = next.gt(level * (1 + Same)).any().item<bool>();
            level.copy_(maximum(next, level));
        }
        return level.MoveToOuterDisposeScope();
    }

    /// <summary>The largest weights first, each as far as it can go, until r is gained.</summary>
    private static Tensor Greedy(Tensor room, Tensor weights, Tensor r)
    {
        using var scope = NewDisposeScope();
        var (falling, order) = weights.sort(1, descending: true);
        var possible = (falling * room.gather(1, order)).clamp_max(float.MaxValue);
        var before = nn.functional.pad(possible.cumsum(1), (1, -1));
        var used = minimum((r - before).clamp_min(0), possible);
        return zeros_like(room).scatter(1, order, (used / falling.clamp_min(Tiny))).minimum(room).MoveToOuterDisposeScope();
    }
}
