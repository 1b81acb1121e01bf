namespace Adamant.Attacks.Constraints;

/// <summary>A moved sample that cannot exist, or that could not have become of its original.</summary>
/// <param name="Row">The number of the sample, from 0; of a series the number of the step among all.</param>
/// <param name="What">The feature, the group or the relation.</param>
/// <param name="Reason">What was expected and what was found.</param>
public sealed record ConstraintViolation(long Row, string What, string Reason);
