using System.Text.Json.Serialization;
using Adamant.Attacks;

namespace Adamant.Auditing;

/// <summary>A ball as a file holds it, and its own measure of moves, which shares no code with <see cref="Ball"/>.</summary>
public sealed record EvidenceBall
{
    /// <summary><c>Linf</c>, <c>L2</c>, <c>L1</c>, <c>L0</c>; <c>scaled</c> or <c>smooth</c> around <see cref="Inner"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>ε.</summary>
    public required double Radius { get; init; }

    /// <summary>The ball inside of <c>scaled</c> and <c>smooth</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceBall? Inner { get; init; }

    /// <summary>The tensor that holds the factors of <c>scaled</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Factors { get; init; }

    /// <summary>The largest change from one step to the next of <c>smooth</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Slope { get; init; }

    /// <summary>Writes a ball down; its factors go to the tensors.</summary>
    /// <exception cref="ArgumentException">A ball that the format does not have.</exception>
    internal static EvidenceBall Of(Ball ball, IDictionary<string, Tensor> tensors)
    {
        switch (ball)
        {
            case Linf or L2 or L1 or L0:
                return new() { Kind = ball.Norm, Radius = ball.Radius };
            case Scaled scaled:
                var name = $"factors.{tensors.Keys.Count(k => k.StartsWith("factors.", StringComparison.Ordinal))}";
                tensors[name] = scaled.Factors;
                return new() { Kind = "scaled", Radius = ball.Radius, Factors = name, Inner = Of(scaled.Inner with { Radius = ball.Radius }, tensors) };
            case Smooth smooth:
                return new() { Kind = "smooth", Radius = ball.Radius, Slope = smooth.Slope, Inner = Of(smooth.Inner with { Radius = ball.Radius }, tensors) };
            default:
                throw new ArgumentException($"Expected a ball that evidence can hold (Linf, L2, L1, L0, scaled, smooth), got {ball.GetType().Name}.", nameof(ball));
        }
    }

    /// <summary>The ball that is described.</summary>
    /// <param name="tensors">Those of the evidence.</param>
    /// <exception cref="InvalidDataException">There is no such ball.</exception>
    internal Ball Rebuild(IReadOnlyDictionary<string, Tensor> tensors)
    {
        if (Inner is not null && Inner.Radius != Radius) throw new InvalidDataException($"The evidence: expected one ε for a ball and the one inside of it, got {Radius} and {Inner.Radius}");
        try
        {
            return this switch
            {
                { Kind: "Linf" } => new Linf(Radius),
                { Kind: "L2" } => new L2(Radius),
                { Kind: "L1" } => new L1(Radius),
                { Kind: "L0" } => new L0(Radius),
                { Kind: "scaled", Inner: { } inner, Factors: { } name } when tensors.TryGetValue(name, out var factors) => new Scaled(inner.Rebuild(tensors), factors),
                { Kind: "smooth", Inner: { } inner, Slope: { } slope } => new Smooth(inner.Rebuild(tensors), slope),
                _ => throw new InvalidDataException($"The evidence: expected a ball (Linf, L2, L1, L0; scaled with inner and factors; smooth with inner and slope), got '{Kind}'"),
            };
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The evidence: expected a ball: {e.Message}", e);
        }
    }

    /// <summary>The size of each move in this ball's norm, in double precision; infinite where a coordinate moved that may not.</summary>
    /// <param name="delta">Shape <c>[N, …]</c>, <c>Float64</c>.</param>
    /// <param name="tensors">Those of the evidence.</param>
    /// <returns>Shape <c>[N]</c>.</returns>
    /// <exception cref="InvalidDataException">The description is incomplete, or the factors do not fit.</exception>
    internal Tensor Measure(Tensor delta, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        var flat = delta.flatten(1).abs();
        switch (this)
        {
            case { Kind: "Linf" }: return flat.amax([1]).MoveToOuterDisposeScope();
            case { Kind: "L2" }: return flat.square().sum(1).sqrt().MoveToOuterDisposeScope();
            case { Kind: "L1" }: return flat.sum(1).MoveToOuterDisposeScope();
            case { Kind: "L0" }: return flat.ne(0).sum(1).to_type(ScalarType.Float64).MoveToOuterDisposeScope();
            case { Kind: "scaled", Inner: { } inner, Factors: { } name } when tensors.TryGetValue(name, out var factors) && Fit(factors, delta):
                var s = factors.to_type(ScalarType.Float64).expand(delta.shape);
                var size = inner.Measure(where(s.gt(0), delta / s, zeros_like(delta)), tensors);
                return size.masked_fill((delta.ne(0) & s.eq(0)).flatten(1).any(1), double.PositiveInfinity).MoveToOuterDisposeScope();
            case { Kind: "smooth", Inner: { } inner, Slope: { } slope } when delta.dim() > 1:
                var jumps = delta.shape[1] < 2 ? zeros_like(delta) : delta.diff(dim: 1);
                return maximum(inner.Measure(delta, tensors), jumps.flatten(1).abs().amax([1]) * (Radius / slope)).MoveToOuterDisposeScope();
            default:
                throw new InvalidDataException($"The evidence: expected a ball that fits the samples, got '{Kind}'");
        }
    }

    private static bool Fit(Tensor factors, Tensor delta) =>
        factors.is_floating_point() && factors.dim() == delta.dim() && factors.shape.Zip(delta.shape).All(d => d.First == 1 || d.First == d.Second);
}
