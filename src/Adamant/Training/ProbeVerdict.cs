using Adamant.Models;

namespace Adamant.Training;

/// <summary>What a probe saw and what it asks for.</summary>
/// <remarks>The trainer keeps the weights of the last epoch, the one before it, and the best of each metric; of others, it takes the latest kept one before.</remarks>
/// <param name="Metrics">Shares from 0 to 1 by name; they become part of the <see cref="EpochReport"/>.</param>
/// <param name="RollBackTo">The epoch (from 1) whose weights to go back to, ending the training there; null to go on.</param>
/// <param name="Reason">Why, in one sentence for people; null to go on.</param>
public sealed record ProbeVerdict(IReadOnlyDictionary<string, double> Metrics, int? RollBackTo = null, string? Reason = null);
