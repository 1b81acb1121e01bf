using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Adamant.Models;

/// <summary>
/// One record of a catalog: a type with a constructor without parameters, found in the code; its parameters are its properties with <c>init</c> that a text can hold.
/// </summary>
/// <remarks>A trimmed application keeps them with <c>&lt;TrimmerRootAssembly Include="Adamant" /&gt;</c>.</remarks>
public class CatalogEntry
{
    private const string Rooted = "The assembly is rooted in trimmed applications: see the remarks.";

    private readonly ConstructorInfo constructor;
    private readonly Dictionary<string, PropertyInfo> properties;

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = Rooted)]
    internal CatalogEntry(Type type)
    {
        constructor = type.GetConstructor(Type.EmptyTypes)!;
        properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && CanBeText(p.PropertyType)).ToDictionary(p => CommandName.Of(p.Name));
        Name = CommandName.Of(type.Name);
        var defaults = constructor.Invoke(null);
        Parameters = [.. properties.Select(p => new CatalogParameter(p.Key, Plain(p.Value), p.Value.GetValue(defaults)))];
    }

    /// <summary>The name on the command line: the type's, in lower case with hyphens.</summary>
    public string Name { get; }

    /// <summary>What can be set, with types and defaults.</summary>
    public IReadOnlyList<CatalogParameter> Parameters { get; }

    /// <summary>The public types of this library that can be made without arguments.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Rooted)]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = Rooted)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = Rooted)]
    internal static IEnumerable<Type> Types() => typeof(CatalogEntry).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false, IsPublic: true } && type.GetConstructor(Type.EmptyTypes) is not null);

    /// <summary>The entry of that name.</summary>
    /// <exception cref="ArgumentException">There is none: the message names those that exist.</exception>
    internal static TEntry Find<TEntry>(IReadOnlyList<TEntry> all, string name, string what)
        where TEntry : CatalogEntry => all.FirstOrDefault(e => e.Name == name) ?? throw new ArgumentException(
            $"Expected {what} ({string.Join(", ", all.Select(e => e.Name))}), got '{name}'.", nameof(name));

    /// <summary>A new one with some parameters set.</summary>
    /// <exception cref="ArgumentException">Unknown parameter, or a value of another type or out of range.</exception>
    internal object Make(IEnumerable<KeyValuePair<string, string>>? overrides)
    {
        var made = constructor.Invoke(null);
        foreach (var (name, text) in overrides ?? [])
        {
            if (!properties.TryGetValue(name, out var property))
            {
                var known = properties.Count == 0 ? "it has none" : $"it has {string.Join(", ", properties.Keys)}";
                throw new ArgumentException($"Expected a parameter of {Name} ({known}), got '{name}'.", nameof(overrides));
            }
            Set(made, property, name, text);
        }
        return made;
    }

    private void Set(object made, PropertyInfo property, string name, string text)
    {
        object? value;
        try
        {
            value = text == "auto" && Nullable.GetUnderlyingType(property.PropertyType) is not null ? null
                : Plain(property) is { IsEnum: true } choices ? Enum.Parse(choices, text, ignoreCase: true)
                : Plain(property) == typeof(double) ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)     // no thousands: 0,01 is not 1
                : Convert.ChangeType(text, Plain(property), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            throw new ArgumentException($"Expected {Name}'s {name} as {Plain(property).Name}, got '{text}'.", e);
        }
        try
        {
            property.SetValue(made, value);
        }
        catch (TargetInvocationException e) when (e.InnerException is ArgumentException why)
        {
            throw new ArgumentException($"{Name}'s {name}: {why.Message.Split(" (Parameter")[0]} Got {text}.", why);
        }
    }

    /// <summary>Numbers, switches, enumerations and text can be given on a command line; a part that is itself an object cannot.</summary>
    private static bool CanBeText(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) != TypeCode.Object;

    private static Type Plain(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    /// <summary>For people: <c>pgd (steps=40, step-size=auto, …)</c>.</summary>
    public override string ToString() => Parameters.Count == 0 ? Name : $"{Name} ({string.Join(", ", Parameters)})";
}
