using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Elastic-net attack: as Carlini and Wagner with an L1 term, so that few coordinates move; iterative shrinkage and thresholding with momentum.
/// <code>min_x′ ‖x′ − x‖₂² + β · ‖x′ − x‖₁ + c · max(−margin(x′), 0)</code>
/// </summary>
/// <remarks>
/// Searches in L1, where few attacks do; compare with <see cref="Fmn"/>. β is the move below which a coordinate is put back, so it has the units of the
/// inputs. c grows tenfold until it is enough and is then searched between the last two, per sample. Blind where gradients are zero. Cost: one forward and one backward pass for each of
/// <see cref="SearchSteps"/> · <see cref="Steps"/>.
/// Source: Chen, Sharma, Zhang, Yi, Hsieh, "EAD: Elastic-Net Attacks to Deep Neural Networks via Adversarial Examples", AAAI 2018, arXiv:1709.04114, Algorithm 1.
/// </remarks>
public sealed record Ead : IMinimumNorm<IDifferentiable>
{
    /// <summary>How many values of c are tried; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int SearchSteps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(SearchSteps), value, "Expected at least 1 step of the search.");
    } = 9;

    /// <summary>The steps for each c; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Expected at least 1 step.");
    } = 100;

    /// <summary>The first step, as a multiple of the squared width of the inputs' range (of 1 where there is no bound), above 0; it falls with the square root of what is left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double StepSize
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(StepSize), value, "Expected a finite step above 0.");
    } = 0.01;

    /// <summary>β, as a multiple of the width of the inputs' range; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double Beta
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(Beta), value, "Expected a finite β of at least 0.");
    } = 0.001;

    /// <summary>The first c; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double InitialConstant
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(InitialConstant), value, "Expected a finite constant above 0.");
    } = 0.001;

    /// <summary>Keeps the fooling sample with the least elastic net (β · L1 + L2²) instead of the nearest in the norm of the threat.</summary>
    public bool ElasticNet { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ball is neither L1 nor L2, with or without factors.</exception>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => NearestSearch.Run(
        nameof(Ead), ["L1", "L2"], victim, inputs, labels, threat, search =>
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
        var width = Annealing.Width(victim.Input);
        var reach = search.Unit.Reach(search.Originals).expand(search.Originals.shape);
        var enough = zeros_like(search.Labels, ScalarType.Bool);
        var (x, ahead) = (search.Originals.clone(), search.Originals.clone());
        for (var k = 1; k <= Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (logits, losses, gradient) = LossGradient.Of(
                victim, ahead, z => constants * nn.functional.relu(-Losses.Margin(z, search.Labels, search.Threat.Target)));
            var units = Units(ahead - search.Originals, reach);
            var (l1, l2) = (units.flatten(1).abs().sum(1), units.flatten(1).square().sum(1));
            var net = (Beta * width * l1) + l2;
            report(k, (losses + net).mean().ToDouble());
            enough.logical_or_(search.Offer(ahead, logits, distance: ElasticNet ? net : null));

            var rate = StepSize * width * width * Math.Sqrt(1 - ((k - 1.0) / Steps));
            var moved = units - (rate * ((gradient * reach) + (2 * units)));
            var shrunk = moved.sign() * (moved.abs() - (Beta * width)).clamp_min(0);
            var next = search.Place(shrunk * reach);
            ahead.copy_(search.Place(next + ((next - x) * (k / (k + 3.0))) - search.Originals));
            x.copy_(next);
        }
        return enough;
    }

    private static Tensor Units(Tensor delta, Tensor reach) => where(reach.gt(0), delta / reach, zeros_like(delta));
}
