using TorchSharp.Modules;

namespace Adamant.Training;

/// <summary>How gradients become steps: <see cref="Sgd"/>, <see cref="Adam"/> or <see cref="AdamW"/>.</summary>
/// <param name="LearningRate">The peak learning rate, above 0; the schedule multiplies it in each step.</param>
public abstract record OptimizerOptions(double LearningRate)
{
    /// <summary>Makes TorchSharp's optimizer of these parameters.</summary>
    internal abstract OptimizerHelper Create(IReadOnlyList<Parameter> parameters);

    /// <summary>Refuses values outside their ranges.</summary>
    /// <exception cref="ArgumentException">Says which value, and what it may be.</exception>
    internal virtual void Check()
    {
        if (!(LearningRate > 0 && double.IsFinite(LearningRate)))
            throw new ArgumentException($"Expected a learning rate above 0, got {LearningRate}. 0.1 suits SGD, 0.001 suits Adam.", nameof(LearningRate));
    }

    /// <summary>Refuses a share outside [0, 1).</summary>
    private protected static void CheckShare(double value, string name)
    {
        if (!(value is >= 0 and < 1)) throw new ArgumentException($"Expected {name} in [0, 1), got {value}.", name);
    }

    /// <summary>Refuses a number below 0.</summary>
    private protected static void CheckNotNegative(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value))) throw new ArgumentException($"Expected {name} of at least 0, got {value}.", name);
    }
}
