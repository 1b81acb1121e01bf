using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>One attack of the <see cref="AttackCatalog"/>: its name, what it needs to see, and its parameters.</summary>
public sealed class AttackEntry : CatalogEntry
{
    internal AttackEntry(Type type, Type needs) : base(type) => Needs = needs;

    /// <summary>
    /// What the attack needs to see: <see cref="IClassifier"/>, <see cref="IScoring"/> or <see cref="IDifferentiable"/>; on texts <see cref="ITextClassifier"/>,
    /// <see cref="ITextScoring"/> or <see cref="ITextDifferentiable"/>.
    /// </summary>
    public Type Needs { get; }

    /// <summary>Whether it edits texts instead of moving tensors.</summary>
    public bool IsOnTexts => typeof(ITextClassifier).IsAssignableFrom(Needs);

    /// <summary>A new attack with some parameters set.</summary>
    /// <param name="overrides">Values by the names of the parameters, in the invariant culture; <c>auto</c> for a derived one.</param>
    /// <exception cref="ArgumentException">Unknown parameter, a value of another type or out of range, or an attack that needs to see more than <typeparamref name="TVictim"/> shows.</exception>
    public IEvasion<TVictim> Create<TVictim>(IEnumerable<KeyValuePair<string, string>>? overrides = null)
        where TVictim : IClassifier => Make(overrides) as IEvasion<TVictim> ?? throw Mismatch(typeof(TVictim), IsOnTexts ? "It is an attack on texts." : "");

    /// <summary>A new attack on texts with some parameters set, see <see cref="Create"/>.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Create"/>.</exception>
    public ITextEvasion<TVictim> CreateOnTexts<TVictim>(IEnumerable<KeyValuePair<string, string>>? overrides = null)
        where TVictim : ITextClassifier => Make(overrides) as ITextEvasion<TVictim> ?? throw Mismatch(typeof(TVictim), IsOnTexts ? "" : "It is no attack on texts.");

    private ArgumentException Mismatch(Type victim, string why) => new(
        $"{Name} needs a victim that is {Needs.Name}, and this one is {victim.Name} only. {(why.Length > 0 ? why : "Choose an attack that needs to see less.")}");
}
