using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>Blocks one after the other.</summary>
internal static class EncoderBlocks
{
    /// <summary>Runs all blocks.</summary>
    /// <param name="blocks">The first reads <paramref name="x"/>.</param>
    /// <param name="x">Shape <c>[N, T, dModel]</c>.</param>
    /// <param name="padding">See <see cref="EncoderBlock.forward"/>.</param>
    /// <param name="weights">Gets each block's attention weights; null when nobody asks.</param>
    public static Tensor Run(this ModuleList<EncoderBlock> blocks, Tensor x, Tensor? padding, List<Tensor>? weights)
    {
        foreach (var block in blocks)
        {
            if (weights is null)
            {
                x = block.call(x, padding);
                continue;
            }
            (x, var looks) = block.Attend(x, padding);
            weights.Add(looks);
        }
        return x;
    }
}
