using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>All attacks of this library by name, found in the code: help texts, the command line and reports read it.</summary>
/// <remarks>
/// An attack is a type that implements <see cref="IEvasion{TVictim}"/> or <see cref="ITextEvasion{TVictim}"/> and has a constructor without parameters; its parameters are its properties with
/// <c>init</c> that a text can hold. A trimmed application keeps them with <c>&lt;TrimmerRootAssembly Include="Adamant" /&gt;</c>.
/// </remarks>
public static class AttackCatalog
{
    /// <summary>The attacks in the order of their names.</summary>
    public static IReadOnlyList<AttackEntry> All { get; } = [.. Discover().OrderBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>The attack of that name.</summary>
    /// <exception cref="ArgumentException">There is none: the message names those that exist.</exception>
    public static AttackEntry Find(string name) => All.FirstOrDefault(a => a.Name == name) ?? throw new ArgumentException(
        $"Expected an attack ({string.Join(", ", All.Select(a => a.Name))}), got '{name}'.", nameof(name));

    /// <summary>A new attack by name, with some parameters set: see <see cref="AttackEntry.Create"/>.</summary>
    /// <exception cref="ArgumentException">Unknown name or parameter, a bad value, or a victim that shows too little.</exception>
    public static IEvasion<TVictim> Create<TVictim>(string name, IEnumerable<KeyValuePair<string, string>>? overrides = null)
        where TVictim : IClassifier => Find(name).Create<TVictim>(overrides);

    /// <summary>Numbers, switches, enumerations and text can be given on a command line; a part that is itself an object cannot.</summary>
    private static bool CanBeText(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) != TypeCode.Object;

    private const string Rooted = "The assembly is rooted in trimmed applications: see the remarks.";

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Rooted)]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = Rooted)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = Rooted)]
    private static IEnumerable<AttackEntry> Discover() =>
        from type in typeof(AttackCatalog).Assembly.GetTypes()
        where type is { IsAbstract: false, IsGenericTypeDefinition: false, IsPublic: true }
        let attack = type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IEvasion<>) || i.GetGenericTypeDefinition() == typeof(ITextEvasion<>)))
        let constructor = type.GetConstructor(Type.EmptyTypes)
        where attack is not null && constructor is not null
        let properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true } && CanBeText(p.PropertyType))
        select new AttackEntry(constructor, attack.GetGenericArguments()[0], properties);
}
