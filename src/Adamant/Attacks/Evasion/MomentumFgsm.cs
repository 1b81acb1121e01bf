using System.Globalization;
using System.Text;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Steps of equal length along a gradient that is accumulated over the steps. What the members of this family differ in is where, and of what, the
/// gradient is taken: a direction that holds for more than this point and this model transfers to models that nobody has seen.
/// <code>v ← μ v + g / mean|g|,   x ← Π(x + α · steepest(v))</code>
/// </summary>
public abstract record MomentumFgsm : IEvasion<IDifferentiable>
{
    private const double Tiny = 1.2e-38;                        // the smallest normal float32: only zero is below it

    private protected MomentumFgsm()
    {
    }

    /// <summary>The number of steps; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps { get; init => field = Option.AtLeast(value, 1); } = 10;

    /// <summary>α in the units of the inputs, above 0; null for ε / <see cref="Steps"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double? StepSize { get; init => field = Option.Positive(value); }

    /// <summary>μ, the share of the previous direction that is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double Momentum { get; init => field = Option.UpTo(value); } = 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The attack is for images, and the inputs are none.</exception>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Generator();
        var step = StepSize ?? threat.Ball.Radius / Steps;
        var (x, velocity) = (inputs.detach().clone(), zeros_like(inputs));
        var loss = 0.0;
        var point = new Point(x, velocity, step, threat.Ball, victim.Input, generator, Slope);
        var gradientAt = Start(point);
        for (var k = 1; k <= Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var gradient = gradientAt();
            velocity.mul_(Momentum).add_(gradient / MeanAbsolute(gradient));
            var delta = threat.Ball.Steepest(velocity).mul_(step).add_(x).sub_(inputs);
            x.copy_(threat.Place(delta, inputs, victim.Input));
            run.Progress?.Report(new AttackStep(k, Steps, loss));
        }
        return x.MoveToOuterDisposeScope();

        Tensor Slope(Tensor at, Func<Tensor, Tensor>? seen)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var asked = seen is null ? victim : new SeenThrough(victim, seen);
            var (_, losses, gradient) = LossGradient.Of(asked, at.clamp(victim.Input.Min, victim.Input.Max), logits => Losses.CrossEntropy(logits, labels, threat.Target));
            loss = losses.mean().ToDouble();
            return gradient.MoveToOuterDisposeScope();
        }
    }

    /// <summary>Says what an absent value means, so that reports can be repeated.</summary>
    protected virtual bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Steps = {Steps}, StepSize = {Option.Text(StepSize, "ε / Steps")}, Momentum = {Momentum}");
        return true;
    }

    /// <summary>Begins a run: what comes back gives the gradient of each step, and may remember what it likes.</summary>
    private protected abstract Func<Tensor> Start(Point point);

    /// <summary>Refuses what is not an image, for members that turn and blur.</summary>
    private protected void CheckImages(Tensor inputs)
    {
        if (inputs.dim() != 4) throw new ArgumentException($"Expected images [N, C, H, W] for {GetType().Name}, got [{string.Join(", ", inputs.shape)}]. Use {nameof(MiFgsm)}.");
    }

    private static Tensor MeanAbsolute(Tensor gradient)
    {
        long[] others = [.. Enumerable.Range(1, (int)gradient.dim() - 1)];
        return gradient.abs().mean(others, keepdim: true).clamp_min(Tiny);
    }

    /// <summary>Where a run is.</summary>
    /// <param name="X">The samples as moved so far.</param>
    /// <param name="Velocity">The accumulated direction.</param>
    /// <param name="Step">α.</param>
    /// <param name="Ball">What is allowed.</param>
    /// <param name="Input">The range.</param>
    /// <param name="Generator">The source of the randomness.</param>
    /// <param name="Slope">The gradient of what the attacker wants at a place (brought into the range), seen through a transformation when there is one.</param>
    private protected sealed record Point(
        Tensor X, Tensor Velocity, double Step, Ball Ball, InputSpec Input, Generator Generator, Func<Tensor, Func<Tensor, Tensor>?, Tensor> Slope);

    /// <summary>A victim behind a transformation through which gradients flow.</summary>
    private sealed class SeenThrough(IDifferentiable victim, Func<Tensor, Tensor> transformation) : IDifferentiable
    {
        public InputSpec Input => victim.Input;

        public Tensor Logits(Tensor inputs) => victim.Logits(transformation(inputs));

        public Tensor Predict(Tensor inputs) => victim.Predict(transformation(inputs));

        public void Dispose()
        {
        }
    }
}
