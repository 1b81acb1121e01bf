using Adamant.Texts;

namespace Adamant.Attacks;

/// <summary>What an attacker of texts may do, and what counts as a success.</summary>
/// <param name="Edits">How far each text may be moved.</param>
public sealed record TextThreat(Edits Edits)
{
    /// <summary>
    /// The classes that the attacker wants, shape <c>[N]</c>, <c>Int64</c>, one per text; null when any wrong class will do.
    /// </summary>
    public Tensor? Target { get; init; }

    /// <summary>Whether a proposal is a text with at least one word within the edits.</summary>
    internal bool Admits(string original, string? proposal) =>
        proposal == original || (proposal is not null && Words.Any(proposal) && Edits.Measure(original, proposal) <= Edits.Allowed(original));

    /// <summary>The proposals that are admitted, and the originals in place of the others; all of them where there are more or fewer proposals than texts.</summary>
    internal IReadOnlyList<string> Confine(IReadOnlyList<string> proposals, IReadOnlyList<string> originals) => proposals.Count != originals.Count
        ? [.. originals]
        : [.. originals.Zip(proposals, (original, proposal) => Admits(original, proposal) ? proposal : original)];

    /// <summary>The same threat for the texts from <paramref name="start"/>, with targets of its own that an attack may overwrite.</summary>
    internal TextThreat Slice(long start, long count) => Target is null ? this : this with { Target = Target.narrow(0, start, count).clone() };

    /// <summary>The same threat for the texts with the given numbers.</summary>
    internal TextThreat Select(Tensor indices) => Target is null ? this : this with { Target = Target.index_select(0, indices) };
}
