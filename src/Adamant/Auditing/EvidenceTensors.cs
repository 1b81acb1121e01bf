using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>What the verifier asks of tensors that may say anything.</summary>
internal static class EvidenceTensors
{
    private const double Rounding = 1e-6;                       // of float32, relative to the largest value

    /// <summary>Whether the three tensors belong to so many samples of that contract.</summary>
    public static bool Fit(InputSpec input, Tensor inputs, Tensor labels, Tensor moved, int count) =>
        inputs.dtype == ScalarType.Float32 && moved.dtype == ScalarType.Float32 && labels.dtype == ScalarType.Int64
        && labels.shape is [var rows] && rows == count
        && inputs.shape.SequenceEqual(moved.shape) && inputs.dim() == input.Shape.Count + 1 && inputs.shape[0] == count && inputs.numel() > 0
        && input.Shape.Select((d, i) => d == -1 || d == inputs.shape[i + 1]).All(fits => fits);

    /// <summary>The samples with a value that is not finite, or outside of the range.</summary>
    public static long[] Outside(InputSpec input, Tensor x)
    {
        using var scope = NewDisposeScope();
        var slack = Rounding * Math.Max(1, Math.Max(Finite(input.Min), Finite(input.Max)));
        var bad = x.isfinite().logical_not() | x.lt(input.Min - slack) | x.gt(input.Max + slack);
        return bad.flatten(1).any(1).nonzero().flatten().data<long>().ToArray();
    }

    /// <summary>How far a difference of two values may be off.</summary>
    public static double Slack(Tensor inputs)
    {
        using var largest = inputs.abs().max();
        return Rounding * Math.Max(1, largest.ToDouble());
    }

    /// <summary>How far the norm of a move may be off: rounding in each of its coordinates, in the units of the ball's factors.</summary>
    public static double Tolerance(EvidenceBall ball, Tensor inputs, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        var each = full_like(inputs.narrow(0, 0, 1), Slack(inputs)).to_type(ScalarType.Float64);
        for (var at = ball; at is not null; at = at.Inner)
        {
            if (at.Factors is { } name && tensors.TryGetValue(name, out var s) && s.gt(0).any().item<bool>()) each /= s.masked_select(s.gt(0)).min();
            if (at.Slope is { } slope) each *= Math.Max(1, 2 * at.Radius / slope);
            if (at.Inner is null) return at.Kind == "L0" ? 0 : at.Measure(each, tensors).max().ToDouble() + (Rounding * ball.Radius);
        }
        return 0;
    }

    /// <summary>The model's answers.</summary>
    public static long[] Predict(IClassifier victim, Tensor inputs, int batch, CancellationToken cancellation)
    {
        var answers = new List<long>();
        for (long start = 0; start < inputs.shape[0]; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            answers.AddRange(victim.Predict(inputs.narrow(0, start, Math.Min(batch, inputs.shape[0] - start))).data<long>().ToArray());
        }
        return [.. answers];
    }

    /// <summary>The model's answers to texts.</summary>
    public static long[] Predict(ITextClassifier victim, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        return victim.Predict(texts).data<long>().ToArray();
    }

    private static double Finite(double bound) => double.IsFinite(bound) ? Math.Abs(bound) : 0;
}
