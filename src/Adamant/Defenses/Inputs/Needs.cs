using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>What defenses need of the inputs, and how they say that it is missing.</summary>
internal static class Needs
{
    /// <summary>Refuses what is no batch of images.</summary>
    public static void Images(Tensor inputs, string who)
    {
        if (inputs.dim() == 4) return;
        throw new ArgumentException($"{who} cleans images [N, channels, height, width], got [{string.Join(", ", inputs.shape)}]. Use one that fits the samples.", nameof(inputs));
    }

    /// <summary>The lower end of the inputs' range, and its width.</summary>
    public static (double Low, double Width) Range(InputSpec input, string who) => double.IsFinite(input.Max - input.Min)
        ? (input.Min, input.Max - input.Min)
        : throw new ArgumentException($"{who} needs inputs with a range, got {input}. Give the victim an InputSpec with bounds.", nameof(input));
}
