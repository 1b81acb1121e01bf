namespace Adamant.Explaining;

/// <summary>How much each number of an input adds to a score, and whether these shares add up to it.</summary>
public sealed record Attribution
{
    /// <summary>The method's name, e.g. <c>integrated gradients</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The shape of the explained sample, without a batch.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>One number for each of the sample's, in the order of the tensor; above 0 where it raises the score.</summary>
    public required IReadOnlyList<float> Values { get; init; }

    /// <summary>The score of the sample.</summary>
    public required double Score { get; init; }

    /// <summary>The score of the baseline, which stands for "nothing there".</summary>
    public required double BaselineScore { get; init; }

    /// <summary>The sum of <see cref="Values"/> before they were rounded.</summary>
    public required double Total { get; init; }

    /// <summary>The number of gradients that were averaged.</summary>
    public required int Steps { get; init; }

    /// <summary>How large <see cref="Gap"/> may be, in the units of the score.</summary>
    public required double Tolerance { get; init; }

    /// <summary>What the shares miss: <c>|Total − (Score − BaselineScore)|</c>.</summary>
    public double Gap => Math.Abs(Total - (Score - BaselineScore));

    /// <summary>Whether the shares add up: the gap is within the tolerance.</summary>
    public bool IsComplete => Gap <= Tolerance;

    /// <summary>One number for each step of the first dimension, e.g. for each token: the sum over the others.</summary>
    public IReadOnlyList<double> PerStep()
    {
        var width = Math.Max(1, Values.Count / (int)Math.Max(1, Shape[0]));
        return [.. Values.Chunk(width).Select(row => row.Sum(v => (double)v))];
    }

    /// <summary>For people: the method, the sum and the gap.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Method}, {Steps} steps: sum {Total:0.####} of {Score - BaselineScore:0.####}, gap {Gap:0.#####} ({(IsComplete ? "complete" : "not complete")})");
}
