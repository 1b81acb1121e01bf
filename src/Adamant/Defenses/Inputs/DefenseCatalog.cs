using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>All sanitizers and detectors of this library by name, found in the code: help texts and the command line read it.</summary>
public static class DefenseCatalog
{
    /// <summary>The sanitizers in the order of their names.</summary>
    public static IReadOnlyList<CatalogEntry> Sanitizers { get; } = Discover<ISanitizer>();

    /// <summary>The detectors in the order of their names.</summary>
    public static IReadOnlyList<CatalogEntry> Detectors { get; } = Discover<IDetector>();

    /// <summary>A sanitizer as a command line names it.</summary>
    /// <param name="text"><c>median</c>, <c>median=5</c> for its first parameter, <c>total-variation=0.2,iterations=30</c> for more.</param>
    /// <exception cref="ArgumentException">Unknown name or parameter, or a bad value.</exception>
    public static ISanitizer Sanitizer(string text) => (ISanitizer)Make(Sanitizers, text, "a sanitizer");

    /// <summary>A detector as a command line names it, see <see cref="Sanitizer"/>.</summary>
    /// <exception cref="ArgumentException">As there.</exception>
    public static IDetector Detector(string text) => (IDetector)Make(Detectors, text, "a detector");

    private static CatalogEntry[] Discover<T>() =>
        [.. CatalogEntry.Types().Where(typeof(T).IsAssignableFrom).Select(type => new CatalogEntry(type)).OrderBy(e => e.Name, StringComparer.Ordinal)];

    private static object Make(IReadOnlyList<CatalogEntry> all, string text, string what)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (name, values) = Cut(text, '=');
        var entry = CatalogEntry.Find(all, name, what);
        if (values is null) return entry.Make(null);
        return entry.Make(values.Split(',').Select((value, i) => Cut(value, '=') switch
        {
            (var parameter, { } given) => KeyValuePair.Create(parameter, given),
            var (given, _) when i == 0 && entry.Parameters.Count > 0 => KeyValuePair.Create(entry.Parameters[0].Name, given),
            _ => throw new ArgumentException($"Expected name=value after the first value of {name}, got '{value}'.", nameof(text)),
        }));
    }

    private static (string Before, string? After) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var i ? (text[..i], text[(i + 1)..]) : (text, null);
}
