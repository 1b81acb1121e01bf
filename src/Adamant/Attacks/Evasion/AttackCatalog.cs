using System.Diagnostics.CodeAnalysis;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>All attacks of this library by name, found in the code: help texts, the command line and reports read it.</summary>
/// <remarks>
/// An attack is a type that implements <see cref="IEvasion{TVictim}"/> or <see cref="ITextEvasion{TVictim}"/> and fits into a <see cref="CatalogEntry"/>.
/// </remarks>
public static class AttackCatalog
{
    /// <summary>The attacks in the order of their names.</summary>
    public static IReadOnlyList<AttackEntry> All { get; } = [.. Discover().OrderBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>The attack of that name.</summary>
    /// <exception cref="ArgumentException">There is none: the message names those that exist.</exception>
    public static AttackEntry Find(string name) => CatalogEntry.Find(All, name, "an attack");

    /// <summary>A new attack by name, with some parameters set: see <see cref="AttackEntry.Create"/>.</summary>
    /// <exception cref="ArgumentException">Unknown name or parameter, a bad value, or a victim that shows too little.</exception>
    public static IEvasion<TVictim> Create<TVictim>(string name, IEnumerable<KeyValuePair<string, string>>? overrides = null)
        where TVictim : IClassifier => Find(name).Create<TVictim>(overrides);

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The assembly is rooted in trimmed applications: see the catalog's entry.")]
    private static IEnumerable<AttackEntry> Discover() =>
        from type in CatalogEntry.Types()
        let attack = type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IEvasion<>) || i.GetGenericTypeDefinition() == typeof(ITextEvasion<>)))
        where attack is not null
        select new AttackEntry(type, attack.GetGenericArguments()[0]);
}
