using Adamant.Training;

namespace Adamant.Attacks.Corruptions;

/// <summary>The accuracy under one corruption.</summary>
/// <param name="Corruption">Its name.</param>
/// <param name="Severity">From 1 to 5.</param>
/// <param name="Accuracy">The share of samples that the model gets right.</param>
public readonly record struct CorruptionScore(string Corruption, int Severity, Proportion Accuracy);
