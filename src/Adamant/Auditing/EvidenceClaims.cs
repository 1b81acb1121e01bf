using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>The numbers that a run claims. The first four follow from the samples, and can be counted again; the others are the run's own word.</summary>
/// <param name="CleanAccuracy">The share of originals that the model gets right.</param>
/// <param name="RobustAccuracy">The share of samples that it gets right before and after the attack.</param>
/// <param name="Success">The share of attacked samples where the attacker won.</param>
/// <param name="MaxDistance">The largest move.</param>
/// <param name="Forwards">Samples sent through the model.</param>
/// <param name="Gradients">Samples whose gradient was taken.</param>
public sealed record EvidenceClaims(Proportion CleanAccuracy, Proportion RobustAccuracy, Proportion Success, double MaxDistance, long Forwards, long Gradients);
