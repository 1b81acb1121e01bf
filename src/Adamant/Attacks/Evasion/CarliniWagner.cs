using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Carlini and Wagner in L2: minimizes the length of the move plus c times how much is missing for success, and searches for the smallest c that suffices.
/// <code>min_w ‖x′ − x‖₂² + c · max(−margin(x′), 0),   x′ = clip(x + stretch · (half · tanh(w) − 0.9 · (x − mid)))</code>
/// </summary>
/// <remarks>
/// Slow; <see cref="Fmn"/> and <see cref="Ddn"/> are often as near for a tenth of the price. The tanh keeps x′ near the range, and what is outside is clipped; where the range has no bounds, x′ is w itself.
/// Coordinates at the bounds start 10 % inside, where the tanh still moves, and x′ is moved and stretched so that it starts at x and reaches the bounds. c grows tenfold until it is
/// enough and then closes in, per sample; Adam starts anew for each c. A sample leaves a trial when its objective has not fallen by one in ten thousand for a
/// tenth of the steps: the trial is over for it and for no other. Blind where gradients are zero. Cost: at most one forward and one backward pass for each
/// of <see cref="SearchSteps"/> · <see cref="Steps"/>.
/// Source: Carlini, Wagner, "Towards Evaluating the Robustness of Neural Networks", IEEE S&amp;P 2017, arXiv:1608.04644, §V and §VI.A (f₆).
/// </remarks>
public sealed record CarliniWagner : IMinimumNorm<IDifferentiable>
{
    private const double Edge = 0.9;                            // tanh reaches the bounds only at infinity, and hardly moves near them
    private const double Decay1 = 0.9, Decay2 = 0.999, Epsilon = 1e-8, Progress = 0.9999;

    /// <summary>How many values of c are tried; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int SearchSteps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(SearchSteps), value, "Expected at least 1 step of the search.");
    } = 9;

    /// <summary>The most steps of Adam for each c; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 100;

    /// <summary>Adam's step, in units of w (of the inputs where the range has no bounds); above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double StepSize
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(StepSize), value, "Expected a finite step above 0.");
    } = 0.1;

    /// <summary>The first c; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double InitialConstant
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(InitialConstant), value, "Expected a finite constant above 0.");
    } = 0.01;

    /// <summary>Whether a sample leaves a trial that gets it no further.</summary>
    public bool LeavesEarly { get; init; } = true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ball is not L2, with or without factors.</exception>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => NearestSearch.Run(
        nameof(CarliniWagner), ["L2"], victim, inputs, labels, threat, search =>
        {
            var constants = new ConstantSearch(search.Labels.shape[0], InitialConstant);
            for (var b = 0; b < SearchSteps; b++)
            {
                using var inner = NewDisposeScope();
                constants.Learn(Try(search, constants.Current, victim, (step, loss) => run.Progress?.Report(new AttackStep((b * Steps) + step, SearchSteps * Steps, loss)), cancellation));
            }
        }, cancellation);

    /// <summary>One c per sample: true where it led to a fooling sample.</summary>
    private Tensor Try(NearestSearch search, Tensor constants, IDifferentiable victim, Action<int, double> report, CancellationToken cancellation)
    {
        var box = new TanhBox(victim.Input);
        var reach = search.Unit.Reach(search.Originals).expand(search.Originals.shape);
        var rows = arange(search.Labels.shape[0], ScalarType.Int64);
        var enough = zeros_like(search.Labels, ScalarType.Bool);
        var w = box.Start(search.Originals);
        var (first, second, before) = (zeros_like(w), zeros_like(w), full_like(constants, double.PositiveInfinity));
        for (var k = 1; k <= Steps && rows.shape[0] > 0; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (labels, c, originals, scale) =
                (search.Labels.index_select(0, rows), constants.index_select(0, rows), search.Originals.index_select(0, rows), reach.index_select(0, rows));
            var (moved, slope) = box.At(w, originals);
            var x = search.Place(where(scale.gt(0), moved - originals, zeros_like(w)), rows);
            var (logits, losses, gradient) = LossGradient.Of(
                victim, x, z => c * nn.functional.relu(-Losses.Margin(z, labels, search.Threat.Select(rows).Target)));
            enough.index_put_(enough.index_select(0, rows) | search.Offer(x, logits, rows), rows);

            var units = where(scale.gt(0), (x - originals) / scale, zeros_like(w));
            var objective = losses + units.flatten(1).square().sum(1);
            report(k, objective.mean().ToDouble());
            gradient = where(scale.gt(0), gradient + (2 * units / scale), zeros_like(w)) * slope;
            first.mul_(Decay1).add_(gradient, alpha: 1 - Decay1);
            second.mul_(Decay2).addcmul_(gradient, gradient, value: 1 - Decay2);
            var rate = StepSize * Math.Sqrt(1 - Math.Pow(Decay2, k)) / (1 - Math.Pow(Decay1, k));
            w.addcdiv_(first, second.sqrt().add_(Epsilon), -rate);

            if (!LeavesEarly || k % Math.Max(1, Steps / 10) != 0) continue;
            var on = objective.lt(before * Progress).nonzero().flatten();
            (rows, w, first, second, before) = (rows.index_select(0, on).MoveToOuterDisposeScope(), w.index_select(0, on).MoveToOuterDisposeScope(),
                first.index_select(0, on).MoveToOuterDisposeScope(), second.index_select(0, on).MoveToOuterDisposeScope(), objective.index_select(0, on).MoveToOuterDisposeScope());
        }
        return enough;
    }

    /// <summary>The change of variables between the range of the inputs and all numbers.</summary>
    private sealed class TanhBox(InputSpec input)
    {
        private readonly bool bounded = double.IsFinite(input.Max - input.Min);
        private readonly double middle = (input.Min + input.Max) / 2, half = (input.Max - input.Min) / 2;

        /// <summary>w at the sample itself.</summary>
        public Tensor Start(Tensor x) => bounded ? ((x - middle) / half * Edge).clamp(-Edge, Edge).atanh() : x.clone();

        /// <summary>x′, which is x where w starts and at a bound or past it where w is infinite, and its slope along w: never 0, so that w can come back.</summary>
        public (Tensor Moved, Tensor Slope) At(Tensor w, Tensor x)
        {
            if (!bounded) return (w.clone(), ones_like(w));
            var (tanh, start) = (w.tanh(), (x - middle) * Edge);
            var move = (tanh * half) - start;
            var stretch = where(move.gt(0), (input.Max - x) / (half - start), (x - input.Min) / (half + start)).clamp_min(1);
            return (x + (move * stretch), (1 - tanh.square()) * half * stretch);
        }
    }
}
