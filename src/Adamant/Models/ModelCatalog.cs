using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Adamant.Models;

/// <summary>All architectures of this library: every concrete <see cref="Network"/>, found by its type's name.</summary>
public static class ModelCatalog
{
    /// <summary>The architectures by name.</summary>
    public static IReadOnlyList<Architecture> All { get; } = FindAll();

    /// <summary>Finds an architecture.</summary>
    /// <param name="name">Its name in any case, with or without hyphens: <c>SimpleCnn</c>, <c>simple-cnn</c>.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those that there are.</exception>
    public static Architecture Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = name.Replace("-", "", StringComparison.Ordinal);
        return All.FirstOrDefault(a => a.Name.Equals(plain, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException(
            $"Expected one of the architectures {string.Join(", ", All.Select(a => a.CommandName))}, got '{name}'.", nameof(name));
    }

    /// <summary>Builds a network with random weights.</summary>
    /// <param name="name">See <see cref="Find"/>.</param>
    /// <param name="arguments">See <see cref="Architecture.Create"/>.</param>
    /// <exception cref="ArgumentException">No such architecture, or arguments that it refuses.</exception>
    public static Network Create(string name, IReadOnlyDictionary<string, JsonElement> arguments) => Find(name).Create(arguments);

    /// <summary>The name and the arguments from which <see cref="Create"/> builds such a network again.</summary>
    public static (string Architecture, IReadOnlyDictionary<string, JsonElement> Arguments) Describe(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var architecture = Find(network.GetType().Name);
        return (architecture.Name, architecture.ArgumentsOf(network));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Kept)]
    [UnconditionalSuppressMessage("Trimming", "IL2062", Justification = Kept)]
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = Kept)]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = Kept)]
    private static List<Architecture> FindAll()
    {
        var found = new List<Architecture>();
        foreach (var type in typeof(ModelCatalog).Assembly.GetTypes().OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            if (type.IsSubclassOf(typeof(Network)) && type is { IsAbstract: false, IsPublic: true }) found.Add(new Architecture(type));
        }
        return found;
    }

    private const string Kept = "ILLink.Descriptors.xml keeps all types of this namespace whole.";
}
