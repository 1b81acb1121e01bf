using TorchSharp.Modules;

namespace Adamant.Training;

/// <summary>
/// Stochastic gradient descent with momentum.
/// <code>v ← μ·v + (g + λ·w);   w ← w − η·v</code>
/// </summary>
/// <remarks>Source: Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013, in PyTorch's form.</remarks>
/// <param name="LearningRate">η, above 0; 0.05 by default.</param>
/// <param name="Momentum">μ in [0, 1); 0.9 by default.</param>
/// <param name="WeightDecay">λ, at least 0; 0 by default.</param>
public sealed record Sgd(double LearningRate = 0.05, double Momentum = 0.9, double WeightDecay = 0) : OptimizerOptions(LearningRate)
{
    /// <inheritdoc/>
    internal override OptimizerHelper Create(IReadOnlyList<Parameter> parameters) =>
        optim.SGD(parameters, LearningRate, Momentum, weight_decay: WeightDecay);

    /// <inheritdoc/>
    internal override void Check()
    {
        base.Check();
        CheckShare(Momentum, nameof(Momentum));
        CheckNotNegative(WeightDecay, nameof(WeightDecay));
    }
}
