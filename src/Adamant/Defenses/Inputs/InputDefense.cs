using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>What stands in front of a model: sanitizers, a detector, or both.</summary>
public sealed record InputDefense
{
    /// <summary>Clean the inputs one after another, the first one first.</summary>
    public IReadOnlyList<ISanitizer> Sanitizers { get; init; } = [];

    /// <summary>Looks at the inputs as they come, before they are cleaned; null for none. Not owned.</summary>
    public Calibrated? Detector { get; init; }

    /// <summary>Whether the same input can be answered differently.</summary>
    public bool IsRandom => Sanitizers.Any(s => s.IsRandom);

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Sanitizers.Count == 0 && Detector is null;

    /// <summary>The victim behind this defense.</summary>
    /// <param name="victim">Not owned.</param>
    /// <param name="seed">Where random sanitizers start.</param>
    public IDifferentiable Protect(IDifferentiable victim, int seed = 0)
    {
        for (var i = Sanitizers.Count - 1; i >= 0; i--) victim = victim.With(Sanitizers[i], unchecked(seed + i));
        return Detector is null ? victim : victim.Detecting(Detector);
    }

    /// <summary>For people: <c>BitDepth { Bits = 3 }, Median { Size = 3 }</c>.</summary>
    public override string ToString() =>
        string.Join(", ", Sanitizers.Select(s => $"{s}").Concat(Detector is null ? [] : [FormattableString.Invariant($"{Detector.Detector} at a rate of {Detector.Rate:0.####}")]));
}
