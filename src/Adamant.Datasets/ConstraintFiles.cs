using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>The constraint files that come with the named sets, and those of the user.</summary>
public static class ConstraintFiles
{
    private const string Ending = ".constraints.json";

    /// <summary>The names of those that come along: <c>credit</c>, <c>credit-default</c>, <c>fraud</c> (for the set <c>transactions</c>).</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(ConstraintFiles).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(Ending, StringComparison.Ordinal)).Select(n => n[..^Ending.Length]).Order(StringComparer.Ordinal)];

    /// <summary>Opens a file by its path, or one that comes along by its name; a file wins over a name.</summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or contradicts itself.</exception>
    public static TableSchema Open(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (File.Exists(nameOrPath) || Directory.Exists(nameOrPath)) return TableSchema.Read(nameOrPath);
        var name = nameOrPath.EndsWith(Ending, StringComparison.Ordinal) ? nameOrPath : nameOrPath + Ending;
        using var stream = typeof(ConstraintFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"Expected a constraint file or one of {string.Join(", ", Names)}; got '{nameOrPath}'.", nameOrPath);
        return TableSchema.Read(name, stream);
    }
}
