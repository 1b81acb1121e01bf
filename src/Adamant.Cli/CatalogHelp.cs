using System.Text;
using Adamant.Attacks.Evasion;
using Adamant.Models;

namespace Adamant.Cli;

/// <summary>Parts of the help that are generated from the catalogs.</summary>
internal static class CatalogHelp
{
    /// <summary>The attacks with their parameters and defaults.</summary>
    public static string Attacks() => List("Attacks (parameters by --set name=value):", AttackCatalog.All.Select(a => a.ToString()));

    /// <summary>The architectures with the arguments of their constructors.</summary>
    public static string Models() => List("Architectures (arguments by --set name=value):", ModelCatalog.All.Select(m => m.ToString()!));

    private static string List(string title, IEnumerable<string> lines)
    {
        var text = new StringBuilder(title).AppendLine();
        foreach (var line in lines) text.Append("  ").AppendLine(line);
        return text.ToString();
    }
}
