using System.Text;
using Adamant.Attacks.Evasion;
using Adamant.Defenses.Inputs;
using Adamant.Models;

namespace Adamant.Cli;

/// <summary>Parts of the help that are generated from the catalogs.</summary>
internal static class CatalogHelp
{
    /// <summary>The attacks with their parameters and defaults.</summary>
    public static string Attacks() => List("Attacks (parameters by --set name=value):", AttackCatalog.All.Select(a => a.ToString()));

    /// <summary>The architectures with the arguments of their constructors.</summary>
    public static string Models() => List("Architectures (arguments by --set name=value):", ModelCatalog.All.Select(m => m.ToString()!));

    /// <summary>The sanitizers with their parameters and defaults.</summary>
    public static string Sanitizers() => List("Sanitizers (--sanitizer name, name=value, or name=value,parameter=value):", DefenseCatalog.Sanitizers.Select(s => s.ToString()));

    /// <summary>The detectors with their parameters and defaults.</summary>
    public static string Detectors() => List("Detectors (--detector, likewise):", DefenseCatalog.Detectors.Select(d => d.ToString()));

    private static string List(string title, IEnumerable<string> lines)
    {
        var text = new StringBuilder(title).AppendLine();
        foreach (var line in lines) text.Append("  ").AppendLine(line);
        return text.ToString();
    }
}
