using TorchSharp.Modules;

namespace Adamant.Training;

/// <summary>
/// Adam: steps scaled by running means of the gradient and of its square; weight decay is part of the gradient.
/// <code>m ← β₁m + (1−β₁)(g + λw);   v ← β₂v + (1−β₂)(g + λw)²;   w ← w − η · m̂ / (√v̂ + 10⁻⁸)</code>
/// </summary>
/// <remarks>Source: Kingma, Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, arXiv:1412.6980, Algorithm 1.</remarks>
/// <param name="LearningRate">η, above 0; 0.001 by default.</param>
/// <param name="Beta1">β₁ in [0, 1); 0.9 by default.</param>
/// <param name="Beta2">β₂ in [0, 1); 0.999 by default.</param>
/// <param name="WeightDecay">λ, at least 0; 0 by default.</param>
public sealed record Adam(double LearningRate = 0.001, double Beta1 = 0.9, double Beta2 = 0.999, double WeightDecay = 0)
    : OptimizerOptions(LearningRate)
{
    /// <inheritdoc/>
    internal override OptimizerHelper Create(IReadOnlyList<Parameter> parameters) =>
        optim.Adam(parameters, LearningRate, Beta1, Beta2, weight_decay: WeightDecay);

    /// <inheritdoc/>
    internal override void Check()
    {
        base.Check();
        CheckShare(Beta1, nameof(Beta1));
        CheckShare(Beta2, nameof(Beta2));
        CheckNotNegative(WeightDecay, nameof(WeightDecay));
    }
}
