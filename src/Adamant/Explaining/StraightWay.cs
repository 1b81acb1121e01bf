namespace Adamant.Explaining;

/// <summary>The straight way from a baseline to an input, and the scores at both of its ends.</summary>
internal sealed class StraightWay
{
    private const double Rounding = 1e-5;                       // of Float32 scores, relative

    private readonly Func<Tensor, Tensor> score;
    private readonly Tensor start, way;
    private readonly double high, low;

    /// <summary>Measures the ends. Lives as long as the caller's scope.</summary>
    /// <exception cref="ArgumentException">The baseline has another shape, or the function gives other than one score per point.</exception>
    public StraightWay(Func<Tensor, Tensor> score, Tensor input, Tensor? baseline)
    {
        this.score = score;
        start = baseline?.detach() ?? zeros_like(input);
        if (!start.shape.SequenceEqual(input.shape))
            throw new ArgumentException($"Expected a baseline of shape [{string.Join(", ", input.shape)}], got [{string.Join(", ", start.shape)}].", nameof(baseline));
        way = input.detach() - start;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var ends = score(stack([start + way, start])).to_type(ScalarType.Float64);
        if (ends.shape is not [2])
            throw new ArgumentException($"Expected one score per point, shape [2], got [{string.Join(", ", ends.shape)}].", nameof(score));
        (high, low) = (ends[0].item<double>(), ends[1].item<double>());
    }

    /// <summary>The sum of the gradients at places of the way, 0 the baseline and 1 the input.</summary>
    /// <returns>The shape of the input, <c>Float64</c>.</returns>
    public Tensor Gradients(double[] places)
    {
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        var alpha = tensor(places, ScalarType.Float32).reshape([places.Length, .. Enumerable.Repeat(1L, (int)way.dim())]);
        var points = (start + (alpha * way)).requires_grad_();
        return autograd.grad([sum(score(points))], [points])[0].to_type(ScalarType.Float64).sum(dim: 0).MoveToOuterDisposeScope();
    }

    /// <summary>Gradients times the way.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="gradients">The mean, in the shape of the input.</param>
    /// <param name="steps">Of how many gradients it is the mean.</param>
    /// <param name="tolerance">The largest gap as a share of the scores' difference.</param>
    public Attribution Attribute(string method, Tensor gradients, int steps, double tolerance)
    {
        using var scope = NewDisposeScope();
        var values = gradients * way;
        return new Attribution
        {
            Method = method,
            Shape = way.shape,
            Values = values.to_type(ScalarType.Float32).contiguous().data<float>().ToArray(),
            Score = high,
            BaselineScore = low,
            Total = sum(values).item<double>(),
            Steps = steps,
            Tolerance = (tolerance * Math.Abs(high - low)) + (Rounding * (Math.Abs(high) + Math.Abs(low))),
        };
    }
}
