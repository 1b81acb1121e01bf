using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace Adamant.Models;

/// <summary>One architecture of the catalog: its name, its arguments, and how to build it.</summary>
public sealed class Architecture
{
    private const DynamicallyAccessedMemberTypes Used = DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    [DynamicallyAccessedMembers(Used)]
    private readonly Type type;
    private readonly ConstructorInfo constructor;

    internal Architecture([DynamicallyAccessedMembers(Used)] Type type)
    {
        (this.type, constructor) = (type, type.GetConstructors().Single());
        Parameters = [.. constructor.GetParameters().Select(p => new ArchitectureParameter(p.Name!, p.ParameterType, p.HasDefaultValue ? p.DefaultValue : null))];
    }

    /// <summary>The type's name, e.g. <c>SimpleCnn</c>.</summary>
    public string Name => type.Name;

    /// <summary>The name on the command line, e.g. <c>simple-cnn</c>.</summary>
    public string CommandName => string.Concat(Name.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));

    /// <summary>The arguments in the order of the constructor.</summary>
    public IReadOnlyList<ArchitectureParameter> Parameters { get; }

    /// <summary>Builds the network with random weights.</summary>
    /// <param name="arguments">Values by name; those with a default may be left out.</param>
    /// <exception cref="ArgumentException">An argument is unknown, missing, of another type, or refused by the network.</exception>
    public Network Create(IReadOnlyDictionary<string, JsonElement> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Keys.FirstOrDefault(name => Parameters.All(p => p.Name != name)) is { } unknown)
            throw new ArgumentException($"{Name} has no argument '{unknown}'. Expected: {string.Join(", ", Parameters.Select(p => p.Name))}.", nameof(arguments));
        object?[] values = [.. Parameters.Select(p => arguments.TryGetValue(p.Name, out var value)
            ? p.Bind(value)
            : p.Default ?? throw new ArgumentException($"{Name} needs the argument '{p.Name}'.", nameof(arguments)))];
        return (Network)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, values, null);
    }

    /// <summary>The arguments with which a network of this architecture was built, read from its properties.</summary>
    internal IReadOnlyDictionary<string, JsonElement> ArgumentsOf(Network network) => Parameters.ToDictionary(
        p => p.Name,
        p => ModelCardJson.Of(type.GetProperty($"{char.ToUpperInvariant(p.Name[0])}{p.Name[1..]}")!.GetValue(network)!));

    /// <summary>For help texts: <c>simple-cnn: classes=10, channels=3, size=32</c>.</summary>
    public override string ToString() => $"{CommandName}: {string.Join(", ", Parameters)}";
}
