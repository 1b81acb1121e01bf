using System.Globalization;
using System.Reflection;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>One attack of the <see cref="AttackCatalog"/>: its name, what it needs to see, and its parameters.</summary>
public sealed class AttackEntry
{
    private readonly ConstructorInfo constructor;
    private readonly Dictionary<string, PropertyInfo> properties;

    internal AttackEntry(ConstructorInfo constructor, Type needs, IEnumerable<PropertyInfo> properties)
    {
        this.constructor = constructor;
        this.properties = properties.ToDictionary(p => CommandName.Of(p.Name));
        (Name, Needs) = (CommandName.Of(constructor.DeclaringType!.Name), needs);
        var defaults = constructor.Invoke(null);
        Parameters = [.. this.properties.Select(p => new AttackParameter(p.Key, Plain(p.Value), p.Value.GetValue(defaults)))];
    }

    /// <summary>The name on the command line: the type's, in lower case with hyphens.</summary>
    public string Name { get; }

    /// <summary>
    /// What the attack needs to see: <see cref="IClassifier"/>, <see cref="IScoring"/> or <see cref="IDifferentiable"/>; on texts <see cref="ITextClassifier"/>,
    /// <see cref="ITextScoring"/> or <see cref="ITextDifferentiable"/>.
    /// </summary>
    public Type Needs { get; }

    /// <summary>Whether it edits texts instead of moving tensors.</summary>
    public bool IsOnTexts => typeof(ITextClassifier).IsAssignableFrom(Needs);

    /// <summary>What can be set, with types and defaults.</summary>
    public IReadOnlyList<AttackParameter> Parameters { get; }

    /// <summary>A new attack with some parameters set.</summary>
    /// <param name="overrides">Values by the names of <see cref="Parameters"/>, in the invariant culture; <c>auto</c> for a derived one.</param>
    /// <exception cref="ArgumentException">Unknown parameter, a value of another type or out of range, or an attack that needs to see more than <typeparamref name="TVictim"/> shows.</exception>
    public IEvasion<TVictim> Create<TVictim>(IEnumerable<KeyValuePair<string, string>>? overrides = null)
        where TVictim : IClassifier => Make(overrides) as IEvasion<TVictim> ?? throw Mismatch(typeof(TVictim), IsOnTexts ? "It is an attack on texts." : "");

    /// <summary>A new attack on texts with some parameters set, see <see cref="Create"/>.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Create"/>.</exception>
    public ITextEvasion<TVictim> CreateOnTexts<TVictim>(IEnumerable<KeyValuePair<string, string>>? overrides = null)
        where TVictim : ITextClassifier => Make(overrides) as ITextEvasion<TVictim> ?? throw Mismatch(typeof(TVictim), IsOnTexts ? "" : "It is no attack on texts.");

    private ArgumentException Mismatch(Type victim, string why) => new(
        $"{Name} needs a victim that is {Needs.Name}, and this one is {victim.Name} only. {(why.Length > 0 ? why : "Choose an attack that needs to see less.")}");

    private object Make(IEnumerable<KeyValuePair<string, string>>? overrides)
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

    private static Type Plain(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    /// <summary>For people: <c>pgd (steps=40, step-size=auto, …)</c>.</summary>
    public override string ToString() => Parameters.Count == 0 ? Name : $"{Name} ({string.Join(", ", Parameters)})";
}
