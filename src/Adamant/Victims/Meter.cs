namespace Adamant.Victims;

/// <summary>Counts what an attacker asks of a victim, and refuses more than a budget.</summary>
/// <param name="budget">The most samples that may be asked about; null for no limit.</param>
public sealed class Meter(long? budget = null)
{
    /// <summary>The most samples that may be asked about; null for no limit.</summary>
    public long? Budget { get; } = budget is null or >= 0 ? budget : throw new ArgumentOutOfRangeException(nameof(budget), budget, "Expected a budget of at least 0.");

    /// <summary>Calls of the victim, whatever their batch size.</summary>
    public long Calls { get; private set; }

    /// <summary>Samples sent through the victim.</summary>
    public long Forwards { get; private set; }

    /// <summary>Samples among <see cref="Forwards"/> through which a gradient was to flow.</summary>
    public long Gradients { get; private set; }

    /// <summary>Goes on counting from where an interrupted run was.</summary>
    internal void Restore(long calls, long forwards, long gradients) => (Calls, Forwards, Gradients) = (calls, forwards, gradients);

    internal void Charge(Tensor inputs)
    {
        if (inputs.dim() == 0) return;                          // not a batch: the victim refuses it
        Charge(inputs.shape[0], inputs.requires_grad);
    }

    internal void Charge(long count, bool gradient)
    {
        if (Budget is { } most && Forwards + count > most) throw new QueryBudgetException(most, Forwards, count);
        Calls++;
        Forwards += count;
        if (gradient) Gradients += count;
    }
}
