namespace Adamant.Models;

/// <summary>One sequence that a search found.</summary>
/// <param name="Tokens">Without begin and end.</param>
/// <param name="LogProbability">The sum over its tokens, the end included where there is one, in nats.</param>
/// <param name="Score">The same over the length penalty: what the search ranks by.</param>
/// <param name="IsFinished">Whether it ends by itself; otherwise it was cut off at the longest length.</param>
public sealed record Hypothesis(IReadOnlyList<int> Tokens, double LogProbability, double Score, bool IsFinished);
