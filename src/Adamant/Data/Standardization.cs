namespace Adamant.Data;

/// <summary>
/// What the training part says about the units of its channels and of its target: a series network carries it and takes raw values.
/// <code>x′ = (x − mean) / std per channel,  y = targetMean + targetStd · f(x′)</code>
/// </summary>
/// <remarks>Fitted on what is trained on, never on validation or test rows; a row counts once for each window that holds it.</remarks>
/// <param name="Mean">The mean of each channel, the last dimension of a sample.</param>
/// <param name="Std">
/// The deviation of each channel, above 0. Infinity for a channel that never varied: nothing can be learned of it, so it becomes 0 whatever it holds later.
/// </param>
/// <param name="TargetMean">The mean of the targets in regression; 0 for none.</param>
/// <param name="TargetStd">The deviation of the targets in regression, above 0; 1 for none.</param>
public sealed record Standardization(IReadOnlyList<float> Mean, IReadOnlyList<float> Std, float TargetMean = 0, float TargetStd = 1)
{
    private const double Rounding = 1e-6;                       // a deviation below this share of the mean is rounding

    /// <summary>Learns means and deviations.</summary>
    /// <param name="train">Inputs of shape <c>[N, T, F]</c> or <c>[N, F]</c>.</param>
    /// <exception cref="ArgumentException">The inputs are no numbers with channels.</exception>
    public static Standardization Fit(IDataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Card.Input is not { Shape.Count: 1 or 2, Type: ScalarType.Float32 })
            throw new ArgumentException($"Expected series or rows of numbers, got {train.Card.Input}.", nameof(train));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var all = train.ReadAll();
        var x = all.Inputs.reshape(-1, all.Inputs.shape[^1]);
        var exact = x.to_type(ScalarType.Float64);
        var mean = exact.mean([0L]);
        var std = (exact - mean).square().mean([0L]).sqrt();
        var still = std <= Rounding * mean.abs();
        float[] means = [.. mean.to_type(ScalarType.Float32).data<float>()];
        float[] deviations = [.. std.masked_fill(still, double.PositiveInfinity).to_type(ScalarType.Float32).data<float>()];
        if (train.Card.Task == LearningTask.Classification) return new Standardization(means, deviations);
        var y = all.Labels.to_type(ScalarType.Float64);
        var (middle, spread) = (y.mean().item<double>(), (float)(y - y.mean()).square().mean().sqrt().item<double>());
        return new Standardization(means, deviations, (float)middle, spread > 0 ? spread : 1);
    }

    /// <summary>Standardizes inputs.</summary>
    /// <param name="inputs">Shape <c>[…, F]</c>, <c>Float32</c>, in the units of the data.</param>
    public Tensor Apply(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return ((inputs - tensor(Mean.ToArray())) / tensor(Std.ToArray())).MoveToOuterDisposeScope();
    }

    /// <summary>Refuses numbers that do not fit so many channels: they may come from a file.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal void Check(int channels)
    {
        if (Mean.Count != channels || Std.Count != channels)
            throw new ArgumentException($"Expected means and deviations of {channels} channels, got {Mean.Count} and {Std.Count}.");
        if (!Mean.Append(TargetMean).All(float.IsFinite)) throw new ArgumentException("Expected means that are finite numbers, got others.");
        if (!Std.All(s => s > 0) || !(TargetStd > 0 && float.IsFinite(TargetStd))) throw new ArgumentException("Expected deviations above 0, got others.");
    }
}
