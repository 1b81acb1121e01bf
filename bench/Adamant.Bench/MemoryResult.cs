using Adamant.Explaining;
using Adamant.Training;

namespace Adamant.Bench;

/// <summary>What one network came to at one length.</summary>
internal sealed record MemoryResult(string Network, int Length, int Seed, Proportion Accuracy, int Epochs, GradientFlow Before, GradientFlow After, double Seconds)
{
    /// <summary>A row of the table.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"| {Network} | {Length} | {Seed} | {Accuracy} | {Epochs} | {Before.Arrives:0.0e+0} | {After.Arrives:0.0e+0} | {Seconds:0} |");
}
