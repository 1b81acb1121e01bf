using TorchSharp.Modules;

namespace Adamant.Training;

/// <summary>
/// Adam with weight decay apart from the gradient.
/// <code>w ← (1 − ηλ)·w − η · m̂ / (√v̂ + 10⁻⁸)</code>
/// </summary>
/// <remarks>Source: Loshchilov, Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, arXiv:1711.05101, Algorithm 2.</remarks>
/// <param name="LearningRate">η, above 0; 0.001 by default.</param>
/// <param name="Beta1">β₁ in [0, 1); 0.9 by default.</param>
/// <param name="Beta2">β₂ in [0, 1); 0.999 by default.</param>
/// <param name="WeightDecay">λ, at least 0; 0.01 by default.</param>
public sealed record AdamW(double LearningRate = 0.001, double Beta1 = 0.9, double Beta2 = 0.999, double WeightDecay = 0.01)
    : OptimizerOptions(LearningRate)
{
    /// <inheritdoc/>
    internal override OptimizerHelper Create(IReadOnlyList<Parameter> parameters) =>
        optim.AdamW(parameters, LearningRate, Beta1, Beta2, weight_decay: WeightDecay);

    /// <inheritdoc/>
    internal override void Check()
    {
        base.Check();
        CheckShare(Beta1, nameof(Beta1));
        CheckShare(Beta2, nameof(Beta2));
        CheckNotNegative(WeightDecay, nameof(WeightDecay));
    }
}
