namespace Adamant.Explaining;

/// <summary>
/// Integrated gradients: the gradient of a score, averaged on the straight way from a baseline to the input, times that way.
/// <code>aᵢ = (xᵢ − x′ᵢ) · ∫₀¹ ∂f(x′ + α(x − x′)) / ∂xᵢ dα,   Σᵢ aᵢ = f(x) − f(x′)  (completeness)</code>
/// </summary>
/// <remarks>
/// The integral is a sum at the middles of equal steps. It is refined threefold, keeping what it has, until the shares add up to the difference of the scores or
/// <see cref="MaxSteps"/> is reached: <see cref="Attribution.IsComplete"/> says which. Weak: the baseline decides what is seen as "nothing", and numbers that
/// act together get shares as if they acted one by one. Cost: one forward and one backward pass per step.
/// Source: Sundararajan, Taly, Yan, "Axiomatic Attribution for Deep Networks", ICML 2017, arXiv:1703.01365, §3 and §5.
/// </remarks>
public sealed record IntegratedGradients
{
    /// <summary>The steps of the first attempt, at least 1; 20 by default.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>The most steps, at least <see cref="Steps"/>; 1,620 by default.</summary>
    public int MaxSteps { get; init; } = 1620;

    /// <summary>The largest gap as a share of <c>|f(x) − f(x′)|</c>, above 0; 0.01 by default.</summary>
    public double Tolerance { get; init; } = 0.01;

    /// <summary>Points of the way that go through the function at once, at least 1; 60 by default.</summary>
    public int MicroBatch { get; init; } = 60;

    /// <summary>Explains a score of one sample.</summary>
    /// <param name="score">Maps points <c>[N, …shape]</c> to one score each, <c>[N]</c>; differentiable, each score from its own point alone.</param>
    /// <param name="input">The sample without a batch, <c>Float32</c>; stays as it is.</param>
    /// <param name="baseline">Of the same shape; null for zeros.</param>
    /// <param name="cancellation">Stops between two calls of the function.</param>
    /// <exception cref="ArgumentException">Shapes differ, or an option is out of its range.</exception>
    public Attribution Explain(Func<Tensor, Tensor> score, Tensor input, Tensor? baseline = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSteps, Steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(MicroBatch, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Tolerance);
        using var scope = NewDisposeScope();
        var way = new StraightWay(score, input, baseline);
        var gradients = zeros(input.shape, ScalarType.Float64);
        for (var steps = Steps; ; steps *= 3)
        {
            // The middles of coarse steps are the middles of every third fine one.
            var places = Enumerable.Range(0, steps).Where(k => steps == Steps || k % 3 != 1).Select(k => (k + 0.5) / steps);
            foreach (var part in places.Chunk(MicroBatch))
            {
                cancellation.ThrowIfCancellationRequested();
                gradients.add_(way.Gradients(part));
            }
            var result = way.Attribute("integrated gradients", gradients / steps, steps, Tolerance);
            if (result.IsComplete || steps > MaxSteps / 3) return result;
        }
    }
}
