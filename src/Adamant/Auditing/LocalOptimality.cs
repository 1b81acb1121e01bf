using Adamant.Attacks.Evasion;

namespace Adamant.Auditing;

/// <summary>
/// How near an attack comes to the best of several on the same model: 1 where it is never beaten, 0 where it finds nothing.
/// <code>ξ = 1 − (A − A*) / (ρ₀ · ε₀ − A*),   A = ∫₀^ε₀ ρ(ε) dε = mean of min(dᵢ, ε₀)</code>
/// </summary>
/// <remarks>
/// ρ(ε) is the share of samples that stand at ε, ρ₀ the clean accuracy; d* is the smallest distance that any of the attacks found for a sample, A* its area, and ε₀ the
/// largest finite d*: the ε at which the ensemble has taken all that it can take. Give each attack the same budget of queries, forwards and gradients together, or the
/// comparison is of budgets. "Local": to this model and these attacks; adding a stronger attack lowers the others. The area is that of the stairs, exactly.
/// Source: Cinà, Rony, Pintor, Demetrio, Demontis, Biggio, Ben Ayed, Roli, "AttackBench: Evaluating Gradient-based Attacks for Adversarial Examples", AAAI 2025,
/// arXiv:2404.19460, §3.
/// </remarks>
public static class LocalOptimality
{
    /// <summary>The distances that a run found: 0 where the model was wrong before, infinite where the sample stands.</summary>
    /// <param name="run">Of a minimum-norm attack at the widest radius; another attack's run says only what happened at its own ε.</param>
    public static IReadOnlyList<double> Distances(Judgment run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. run.Samples.Select(s => !s.IsCorrect ? 0 : s.IsRobust ? double.PositiveInfinity : s.Perturbation)];
    }

    /// <summary>The smallest distance per sample: the lower envelope of the attacks.</summary>
    /// <param name="attacks">Distances of the same samples in the same order; at least one attack.</param>
    /// <exception cref="ArgumentException">No attack, or attacks on different numbers of samples.</exception>
    public static IReadOnlyList<double> Envelope(params IReadOnlyList<IReadOnlyList<double>> attacks)
    {
        ArgumentNullException.ThrowIfNull(attacks);
        if (attacks.Count == 0) throw new ArgumentException("Expected at least one attack, got none.", nameof(attacks));
        if (attacks.Any(a => a.Count != attacks[0].Count))
            throw new ArgumentException($"Expected attacks on the same samples, got {string.Join(", ", attacks.Select(a => a.Count))} of them.", nameof(attacks));
        return [.. Enumerable.Range(0, attacks[0].Count).Select(i => attacks.Min(a => a[i]))];
    }

    /// <summary>The optimality of one attack, from 0 to 1.</summary>
    /// <param name="attack">Its distances, at least 0, see <see cref="Distances"/>.</param>
    /// <param name="envelope">The <see cref="Envelope"/> of all attacks, this one among them.</param>
    /// <returns>NaN where no attack found anything, or all found the same distance for all samples: then there is nothing to compare.</returns>
    /// <exception cref="ArgumentException">Different numbers of samples, a distance below 0, or one below the envelope.</exception>
    public static double Of(IReadOnlyList<double> attack, IReadOnlyList<double> envelope)
    {
        ArgumentNullException.ThrowIfNull(attack);
        ArgumentNullException.ThrowIfNull(envelope);
        if (attack.Count != envelope.Count) throw new ArgumentException($"Expected {envelope.Count} distances as the envelope has, got {attack.Count}.", nameof(attack));
        if (attack.Zip(envelope).Any(d => !(d.First >= d.Second && d.Second >= 0)))
            throw new ArgumentException("Expected distances of at least the envelope's, and those of at least 0. Put the attack into the envelope.", nameof(attack));
        var widest = envelope.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        double Area(IEnumerable<double> distances) => distances.Sum(d => Math.Min(d, widest));
        var (area, best, all) = (Area(attack), Area(envelope), widest * envelope.Count(d => d > 0));
        return all > best ? 1 - ((area - best) / (all - best)) : double.NaN;
    }
}
