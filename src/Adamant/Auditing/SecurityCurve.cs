namespace Adamant.Auditing;

/// <summary>How the accuracy falls as the attacker is allowed more.</summary>
/// <remarks>A sample that fell within some ε counts as fallen at every larger one, whatever the attack finds there: a curve never rises.</remarks>
/// <param name="Attack">The command line's name of the attack.</param>
/// <param name="Norm">The norm of ε.</param>
/// <param name="Points">By rising ε; the first is ε = 0, the clean accuracy.</param>
public sealed record SecurityCurve(string Attack, string Norm, IReadOnlyList<SecurityPoint> Points)
{
    /// <summary>The ε that were to be on the curve and are not, because the time was up.</summary>
    public IReadOnlyList<double> LeftOut { get; init; } = [];
}
