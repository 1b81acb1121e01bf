using Adamant.Victims;

namespace Adamant.Models;

/// <summary>Checks batches of sequences, whose length is open.</summary>
internal static class Sequence
{
    /// <summary>Refuses another shape than the contract's, an empty sequence, and one that is too long.</summary>
    /// <param name="contract">Its first dimension is the length.</param>
    /// <param name="inputs">Shape <c>[N, T, …]</c>.</param>
    /// <param name="longest">The greatest T.</param>
    /// <exception cref="ArgumentException">The inputs do not fit.</exception>
    public static void Check(InputSpec contract, Tensor inputs, long longest = long.MaxValue)
    {
        contract.CheckShape(inputs);
        if (inputs.shape[1] == 0) throw new ArgumentException("Expected sequences of at least one step, got length 0.", nameof(inputs));
        if (inputs.shape[1] > longest)
            throw new ArgumentException($"Expected sequences of at most {longest} tokens, got {inputs.shape[1]}. Truncate them.", nameof(inputs));
    }
}
