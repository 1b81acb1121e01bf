namespace Adamant.Attacks.Evasion;

/// <summary>Attacks that take turns: what the ensembles on tensors and on texts share.</summary>
/// <typeparam name="TAttack">The kind of attack.</typeparam>
public abstract record Ensemble<TAttack>
    where TAttack : class
{
    private protected Ensemble(IReadOnlyList<TAttack> attacks)
    {
        if (attacks.Count == 0) throw new ArgumentException("Expected at least one attack, got none.", nameof(attacks));
        Attacks = [.. attacks];
    }

    /// <summary>The attacks in the order of their turn.</summary>
    public IReadOnlyList<TAttack> Attacks { get; }

    /// <summary>Equal when the attacks are equal and in the same order.</summary>
    public virtual bool Equals(Ensemble<TAttack>? other) => other is not null && EqualityContract == other.EqualityContract && Attacks.SequenceEqual(other.Attacks);

    /// <inheritdoc/>
    public override int GetHashCode() => Attacks.Aggregate(Attacks.Count, HashCode.Combine);

    /// <summary>For people: <c>WorstOf(a, b)</c>, or <c>3 × a</c> for repetitions.</summary>
    public sealed override string ToString() => Attacks.Count > 1 && Attacks.All(Attacks[0].Equals)
        ? $"{Attacks.Count} × {Attacks[0]}"
        : $"WorstOf({string.Join(", ", Attacks)})";
}
