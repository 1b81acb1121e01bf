using Adamant.Victims;

namespace Adamant.Data;

/// <summary>
/// Maps each feature of a table to [0, 1] by the smallest and largest value that the training part has.
/// <code>x′ = clamp((x − min) / (max − min), 0, 1)</code>
/// </summary>
/// <remarks>
/// After it, ε of an attack means the same share of the range for each feature. Values beyond those of the training part are clamped; a feature that never
/// varies becomes 0.
/// </remarks>
public sealed record MinMaxScale
{
    private MinMaxScale(float[] low, float[] high) => (Low, High) = (low, high);

    /// <summary>The smallest value of each feature.</summary>
    public IReadOnlyList<float> Low { get; }

    /// <summary>The largest value of each feature.</summary>
    public IReadOnlyList<float> High { get; }

    /// <summary>What 0 and 1 stand for in each feature.</summary>
    public IReadOnlyList<FeatureUnit> Units => [.. Low.Zip(High, (low, high) => new FeatureUnit(low, high > low ? high : low + 1))];

    /// <summary>Learns the range of each feature.</summary>
    /// <param name="train">Inputs of shape <c>[N, F]</c>.</param>
    /// <exception cref="ArgumentException">The inputs are no rows of numbers.</exception>
    public static MinMaxScale Fit(IDataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Card.Input is not { Shape.Count: 1, Type: ScalarType.Float32 }) throw new ArgumentException($"Expected rows of numbers, got {train.Card.Input}.", nameof(train));
        using var scope = NewDisposeScope();
        var x = train.ReadAll().Inputs;
        return new MinMaxScale([.. x.amin([0L]).data<float>()], [.. x.amax([0L]).data<float>()]);
    }

    /// <summary>Scales a set with the same features.</summary>
    /// <exception cref="ArgumentException">The set has another number of features.</exception>
    public TensorDataset Apply(IDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Card.Input.Shape is not [var count] || count != Low.Count) throw new ArgumentException($"Expected {Low.Count} features, got {data.Card.Input}.", nameof(data));
        using var scope = NewDisposeScope();
        var all = data.ReadAll();
        var (low, high) = (tensor(Low.ToArray()), tensor(High.ToArray()));
        var width = where(high > low, high - low, ones_like(low));
        return new TensorDataset(data.Card with { Input = new InputSpec(data.Card.Input.Shape, 0, 1), Units = Units }, ((all.Inputs - low) / width).clamp(0, 1), all.Labels);
    }
}
