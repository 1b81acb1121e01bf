using Adamant.Victims;

namespace Adamant.Explaining;

/// <summary>How much each number of a sample adds to one output of a model: by its gradient at the sample, and on the way to it.</summary>
/// <param name="Output">The output that is explained: a class number, 0 in regression.</param>
/// <param name="Baseline">What stands for "nothing there": <c>a black image</c>, <c>the mean row</c>.</param>
/// <param name="Gradient">Gradient × input: cheap, and not complete where the model bends.</param>
/// <param name="Integrated">Integrated gradients: complete, as its gap shows.</param>
public sealed record Saliency(int Output, string Baseline, Attribution Gradient, Attribution Integrated)
{
    /// <summary>Explains one output, a score before any softmax.</summary>
    /// <param name="victim">White box; it normalizes by itself, so that shares are in the units of its inputs.</param>
    /// <param name="sample">Shape <c>[…Input.Shape]</c>, without a batch.</param>
    /// <param name="output">A class number, 0 in regression.</param>
    /// <param name="baseline">Inside the bounds of the inputs, of the sample's shape.</param>
    /// <param name="baselineName">What the baseline is, for people.</param>
    /// <param name="cancellation">Stops between two gradients.</param>
    /// <exception cref="ArgumentException">The sample or the baseline does not fit the model.</exception>
    public static Saliency Of(
        IDifferentiable victim, Tensor sample, int output, Tensor baseline, string baselineName, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(victim);
        Tensor Score(Tensor points) => victim.Logits(points).select(1, output);
        return new Saliency(
            output,
            baselineName,
            GradientTimesInput.Explain(Score, sample, baseline),
            new IntegratedGradients().Explain(Score, sample, baseline, cancellation));
    }
}
