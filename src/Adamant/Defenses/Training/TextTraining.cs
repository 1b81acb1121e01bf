using Adamant.Data;
using Adamant.Models;

namespace Adamant.Defenses.Training;

/// <summary>What objectives on texts ask of their network.</summary>
internal static class TextTraining
{
    /// <summary>The network as one that reads texts.</summary>
    /// <exception cref="ArgumentException">It does not, or the labels are no classes.</exception>
    public static TextNetwork Check(Network network, Batch batch, string objective)
    {
        if (batch.Labels.dtype != ScalarType.Int64)
            throw new ArgumentException($"Expected class numbers of type Int64 for {objective}, got {batch.Labels.dtype}.", nameof(batch));
        return network as TextNetwork
            ?? throw new ArgumentException($"Expected a network that reads texts for {objective}, got {network.GetName()}. Use {nameof(PgdTraining)} for other networks.", nameof(network));
    }
}
