using System.Text.Json.Serialization;

namespace Adamant.Victims;

/// <summary>The contract of a model's input: the shape of one sample, its type, and the range of its values.</summary>
/// <remarks>A dimension of −1 takes any length. ε of every attack is in the units of this contract.</remarks>
[JsonConverter(typeof(InputSpecConverter))]
public sealed record InputSpec
{
    private const double Tolerance = 1e-6;                      // rounding of float32 at the edge of the range, relative above 1

    /// <summary>Describes inputs of type <c>Float32</c>.</summary>
    /// <param name="shape">The shape of one sample, without the batch dimension; −1 for any length.</param>
    /// <param name="min">The smallest value; −∞ for no bound.</param>
    /// <param name="max">The largest value; +∞ for no bound.</param>
    /// <exception cref="ArgumentException">A dimension is 0 or below −1, or the range is empty.</exception>
    public InputSpec(IReadOnlyList<long> shape, double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Any(d => d is 0 or < -1)) throw new ArgumentException($"Expected dimensions of at least 1 (or -1 for any length), got {Text(shape)}.", nameof(shape));
        if (!(min < max)) throw new ArgumentException($"Expected min < max, got [{min}, {max}].", nameof(min));
        (Shape, Min, Max) = ([.. shape], min, max);
    }

    /// <summary>The shape of one sample, without the batch dimension; −1 stands for any length.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The smallest value that the model accepts.</summary>
    public double Min { get; }

    /// <summary>The largest value that the model accepts.</summary>
    public double Max { get; }

    /// <summary>The type of the inputs: <c>Float32</c>, or <c>Int64</c> for tokens.</summary>
    public ScalarType Type { get; private init; } = ScalarType.Float32;

    /// <summary>Images <c>[channels, height, width]</c> with values in [0, 1].</summary>
    public static InputSpec Image(long channels, long height, long width) => new([channels, height, width], 0, 1);

    /// <summary>Rows of <paramref name="count"/> numbers without bounds.</summary>
    public static InputSpec Features(long count) => new([count]);

    /// <summary>Token numbers from 0 up to the vocabulary's size, exclusive.</summary>
    /// <param name="vocabulary">The number of tokens.</param>
    /// <param name="length">The length of a text in tokens; −1 for any.</param>
    public static InputSpec Tokens(long vocabulary, long length = -1) => new([length], 0, vocabulary - 1) { Type = ScalarType.Int64 };

    /// <summary>Refuses a batch that does not fit this contract, and says what to do.</summary>
    /// <param name="inputs">Shape <c>[N, …Shape]</c>.</param>
    /// <exception cref="ArgumentException">Wrong shape or type, NaN, or a value outside the range.</exception>
    public void Check(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        CheckShape(inputs);
        if (inputs.dtype != Type)
        {
            var pixels = inputs.dtype == ScalarType.Byte && (Min, Max) == (0, 1) ? " and divide them by 255" : "";
            throw new ArgumentException(
                $"Expected values of type {Type}, got {inputs.dtype}. Convert them with .to_type(ScalarType.{Type}){pixels}.", nameof(inputs));
        }
        if (inputs.numel() == 0) return;

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (low, high) = inputs.aminmax();
        var (min, max) = (low.to_type(ScalarType.Float64).item<double>(), high.to_type(ScalarType.Float64).item<double>());
        if (double.IsNaN(min) || double.IsNaN(max))
            throw new ArgumentException("Expected numbers, got NaN. Remove or repair the samples that hold it.", nameof(inputs));
        if (double.IsInfinity(min) || double.IsInfinity(max))
            throw new ArgumentException($"Expected finite values, got [{min}, {max}].", nameof(inputs));
        if (min >= Min - Slack(Min) && max <= Max + Slack(Max)) return;
        throw new ArgumentException(
            $"Expected values in [{Min:0.####}, {Max:0.####}], got [{min:0.####}, {max:0.####}]. " + Advice(min, max), nameof(inputs));
    }

    private static double Slack(double bound) => Tolerance * Math.Max(1, Math.Abs(bound));

    /// <summary>The cheap part of <see cref="Check"/>: what a network asks of its inputs in each forward pass.</summary>
    internal void CheckShape(Tensor inputs)
    {
        var shape = inputs.shape;
        if (shape.Length == Shape.Count + 1 && Shape.Select((d, i) => d == -1 || d == shape[i + 1]).All(fits => fits)) return;
        throw new ArgumentException(
            $"Expected inputs of shape [N, {string.Join(", ", Shape)}], got {Text(shape)}. Resize or reshape them, or choose a model of that size.",
            nameof(inputs));
    }

    private string Advice(double min, double max) => this switch
    {
        { Type: ScalarType.Int64 } => "A token number is not in the model's vocabulary: use the tokenizer that the model was trained with.",
        { Min: 0, Max: 1 } when min >= 0 && max > 1.5 => "If these are 8-bit pixels, divide them by 255.",
        _ => "If the inputs are already normalized, undo that and let the victim normalize them.",
    };

    private static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>Equal when shape, type and range are equal.</summary>
    public bool Equals(InputSpec? other) =>
        other is not null && Shape.SequenceEqual(other.Shape) && (Type, Min, Max) == (other.Type, other.Min, other.Max);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Shape.Count, Shape.Sum(), Type, Min, Max);

    /// <summary>For people: <c>Float32 [1, 28, 28] in [0, 1]</c>.</summary>
    public override string ToString() =>
        $"{Type} {Text(Shape)}" + (double.IsInfinity(Min) && double.IsInfinity(Max) ? "" : $" in [{Min:0.####}, {Max:0.####}]");
}
