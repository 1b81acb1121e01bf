using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>The features that detectors learn from.</summary>
internal static class NetworkFeatures
{
    /// <summary>The victim as one that shows its features.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static IFeatures Of(IDifferentiable victim, string who) => victim as IFeatures ?? throw new ArgumentException(
        $"{who} needs the features in front of the last layer, which {victim.GetType().Name} does not show. Fit it to the network itself, before other defenses.", nameof(victim));

    /// <summary>The features of all samples, <c>[N, F]</c>.</summary>
    public static Tensor All(IFeatures network, Batch data)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var parts = new List<Tensor>();
        for (long start = 0; start < data.Count; start += Harness.BatchSize)
            parts.Add(network.Features(data.Inputs.narrow(0, start, Math.Min(Harness.BatchSize, data.Count - start))));
        return cat(parts).MoveToOuterDisposeScope();
    }
}
