namespace Adamant.Auditing;

/// <summary>How much an audit looks at, whatever it attacks: what plans for tensors and for texts share.</summary>
public abstract record AuditScope
{
    /// <summary>
    /// The ε of the curves as multiples of the main ε, above 0 and rising; 1 need not be among them. Those beyond the range of the inputs are left out.
    /// </summary>
    public IReadOnlyList<double> CurveAt { get; init; } = [0.25, 0.5, 1, 1.5];

    /// <summary>How many of the samples the curves use, from the first; at least 1.</summary>
    public int CurveSamples { get; init; } = 128;

    /// <summary>How many attacked samples to show; at least 0.</summary>
    public int Examples { get; init; } = 6;

    /// <summary>Fixes everything that is random.</summary>
    public int Seed { get; init; }

    /// <summary>The time for one model; null for as long as it takes. The attacks at the main threat come first, the curves after them.</summary>
    /// <remarks>When it is up, samples that were not attacked count as robust, and <see cref="AuditedModel.NotRun"/> says how many; points of curves that are not done are left out.</remarks>
    public TimeSpan? Budget { get; init; }

    /// <summary>Hears of the share done, from 0 to 1, and of what is being done; null for nobody.</summary>
    public Action<double, string>? Progress { get; init; }

    /// <summary>The names of the attacks, in their order.</summary>
    internal abstract IReadOnlyList<string> Names { get; }

    /// <summary>Refuses values outside their ranges.</summary>
    /// <exception cref="ArgumentException">Says what was expected.</exception>
    internal void Check()
    {
        if (Names.Count == 0) throw new ArgumentException("Expected at least one attack to audit with, got none.", nameof(AuditPlan.Attacks));
        if (Names.GroupBy(name => name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            throw new ArgumentException($"Expected each attack once, got '{twice}' several times. Give each a name of its own.", nameof(AuditPlan.Attacks));
        if (CurveSamples < 1) throw new ArgumentException($"Expected at least 1 sample for the curves, got {CurveSamples}.", nameof(CurveSamples));
        if (Examples < 0) throw new ArgumentException($"Expected at least 0 examples, got {Examples}.", nameof(Examples));
        if (!CurveAt.Prepend(0).Zip(CurveAt).All(pair => pair.First < pair.Second && double.IsFinite(pair.Second)))
            throw new ArgumentException($"Expected multiples of ε above 0 that rise, got {string.Join(", ", CurveAt)}.", nameof(CurveAt));
    }
}
