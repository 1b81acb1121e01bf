namespace Adamant.Victims;

/// <summary>An attacker asked a metered victim for more than its query budget.</summary>
/// <param name="budget">The budget, in samples.</param>
/// <param name="used">What was used before this call.</param>
/// <param name="asked">The size of the call that was refused.</param>
public sealed class QueryBudgetException(long budget, long used, long asked) : InvalidOperationException(
    $"The query budget is {budget} samples: {used} are used, and the next call asks for {asked}. Allow a larger budget, or a smaller batch.");
