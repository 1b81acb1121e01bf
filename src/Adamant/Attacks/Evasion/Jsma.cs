using System.Globalization;
using System.Text;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Jacobian saliency map attack: moves the two coordinates at a time that raise the wanted class most and the others least.
/// <code>S(p, q) = −a b  where a &gt; 0 &gt; b,   a = Σ_{i ∈ {p, q}} ∂z_t/∂xᵢ,   b = Σ_{i ∈ {p, q}} Σ_{j ≠ t} ∂z_j/∂xᵢ</code>
/// </summary>
/// <remarks>
/// Natural in an L0 ball, where it moves at most ε coordinates; in the others at most <see cref="Share"/> of them. Without a target it lowers the truth
/// and raises the others. Each coordinate moves once, up or down. Pairs are looked for among the 128 best single coordinates; where no pair has the right
/// signs, the coordinates with the largest a − b are taken. Weak: greedy, and it never takes a move back. Cost: one forward and two backward passes per
/// pair of coordinates.
/// Source: Papernot et al., "The Limitations of Deep Learning in Adversarial Settings", EuroS&amp;P 2016, arXiv:1511.07528, Algorithm 3; without a
/// target and in both directions: Wiyatno, Xu, "Maximal Jacobian-based Saliency Map Attack", 2018, arXiv:1808.07945.
/// </remarks>
[Restricted("moves few coordinates, each as far as it may")]
public sealed record Jsma : IEvasion<IDifferentiable>
{
    private const int Candidates = 128;

    /// <summary>How far a coordinate moves, in the units of the inputs, above 0; null for the way across their range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double? StepSize { get; init => field = Option.Positive(value); }

    /// <summary>γ, the share of coordinates that may move in a ball that does not count them; above 0, at most 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above 1.</exception>
    public double Share { get; init => field = Option.UpTo(Option.Positive(value), 1); } = 0.1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The inputs have no bounds, and no step size is given.</exception>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        var step = StepSize ?? victim.Input.Max - victim.Input.Min;
        if (!double.IsFinite(step)) throw new ArgumentException("Expected a step size for inputs without bounds, got none.");
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var count = inputs[0].numel();
        var most = Math.Min(count, threat.Ball is L0 or Scaled { Inner: L0 } ? (long)threat.Ball.Radius : (long)Math.Ceiling(Share * count));
        var x = inputs.detach().clone();
        var free = threat.Ball.Reach(inputs).ne(0).expand_as(inputs).flatten(1).clone();
        var active = arange(x.shape[0], ScalarType.Int64);
        for (long moved = 0; moved < most; moved += 2)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var target = threat.Target?.index_select(0, active);
            var (logits, a, b) = Slopes(victim, x.index_select(0, active), labels.index_select(0, active), target);
            var stands = (threat with { Target = target }).Stands(logits.argmax(1), labels.index_select(0, active));
            run.Progress?.Report(new AttackStep((int)(moved / 2) + 1, (int)((most + 1) / 2), Losses.Margin(logits, labels.index_select(0, active), target).mean().ToDouble()));
            var left = stands.nonzero().squeeze(1);
            active = active.index_select(0, left).MoveToOuterDisposeScope();
            if (active.shape[0] == 0) break;

            var (before, open) = (x.index_select(0, active).flatten(1), free.index_select(0, active));
            var (coordinates, sign) = Choose(a.index_select(0, left), b.index_select(0, left), open, before, victim.Input, pair: moved + 1 < most);
            var chosen = zeros_like(before).scatter(1, coordinates, ones_like(coordinates).to_type(before.dtype)) * open;
            free.index_copy_(0, active, open & chosen.eq(0));
            var (part, originals) = (threat.Select(active), inputs.index_select(0, active));
            var delta = (before + (step * sign.unsqueeze(1) * chosen)).clamp(victim.Input.Min, victim.Input.Max).reshape(originals.shape) - originals;
            x.index_copy_(0, active, part.Place(delta, originals, victim.Input));
        }
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>Says what an absent value means, so that reports can be repeated.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"StepSize = {Option.Text(StepSize, "range")}, Share = {Share}");
        return true;
    }

    /// <summary>The slopes of what the attacker wants to rise, and of the rest; shape <c>[M, d]</c>.</summary>
    private static (Tensor Logits, Tensor Wanted, Tensor Others) Slopes(IDifferentiable victim, Tensor x, Tensor labels, Tensor? target)
    {
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        var at = x.detach().requires_grad_();
        var logits = victim.Logits(at);
        var own = sum(logits.gather(1, (target ?? labels).unsqueeze(1)));
        var all = sum(logits);
        var wanted = autograd.grad([own], [at], retain_graph: true)[0].nan_to_num_(0).flatten(1);
        var others = autograd.grad([all], [at])[0].nan_to_num_(0).flatten(1) - wanted;
        var towards = target is null ? -1 : 1;                  // without a target the truth has to fall
        return (logits.detach().MoveToOuterDisposeScope(), (towards * wanted).MoveToOuterDisposeScope(), (towards * others).MoveToOuterDisposeScope());
    }

    /// <summary>The best pair of coordinates (or the best single one, twice) of each sample, and the direction.</summary>
    private static (Tensor Coordinates, Tensor Sign) Choose(Tensor a, Tensor b, Tensor free, Tensor x, InputSpec range, bool pair)
    {
        using var scope = NewDisposeScope();
        var (up, down) = (Best(a, b, free & x.lt(range.Max), pair), Best(-a, -b, free & x.gt(range.Min), pair));
        var rises = up.Value.ge(down.Value);
        return (where(rises.unsqueeze(1), up.Coordinates, down.Coordinates).MoveToOuterDisposeScope(), ((2 * rises.to_type(a.dtype)) - 1).MoveToOuterDisposeScope());
    }

    private static (Tensor Coordinates, Tensor Value) Best(Tensor a, Tensor b, Tensor free, bool pair)
    {
        using var scope = NewDisposeScope();
        var count = (int)Math.Min(Candidates, a.shape[1]);
        var (single, near) = (a - b).masked_fill(free.logical_not(), -1e30).topk(count, 1);
        var (nearA, nearB, open) = (a.gather(1, near), b.gather(1, near), free.gather(1, near));
        var (sumA, sumB) = (nearA.unsqueeze(1) + nearA.unsqueeze(2), nearB.unsqueeze(1) + nearB.unsqueeze(2));
        var same = eye(count, dtype: ScalarType.Bool);
        var allowed = open.unsqueeze(1) & open.unsqueeze(2) & (pair ? same.logical_not() : same);
        var saliency = where(allowed & sumA.gt(0) & sumB.lt(0), -sumA * sumB, zeros_like(sumA)).flatten(1);
        var (value, at) = saliency.max(1);
        var found = value.gt(0);
        var first = where(found, at.div(count, RoundingMode.floor), zeros_like(at));
        var second = where(found, at.remainder(count), full_like(at, pair && count > 1 ? 1 : 0));
        var alone = single.select(1, 0);
        var score = where(found, 1 + value, alone / (1 + alone.abs()));             // below 1: a pair with the right signs comes first
        return (near.gather(1, stack([first, second], 1)).MoveToOuterDisposeScope(), score.MoveToOuterDisposeScope());
    }
}
