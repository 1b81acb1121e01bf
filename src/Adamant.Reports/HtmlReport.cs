using System.Text;
using Adamant.Auditing;
using Adamant.Serialization;

namespace Adamant.Reports;

/// <summary>Writes an audit as one page for people, and beside it the same numbers for machines.</summary>
/// <remarks>
/// The page needs no network, no script and no other file: figures are inline SVG, pictures are PNG inside the page. It follows the reader's
/// light or dark theme, prints, and works with a keyboard and a screen reader. Every text of the audit is escaped.
/// </remarks>
public static class HtmlReport
{
    /// <summary>The name of the page inside its folder.</summary>
    public const string PageName = "index.html";

    /// <summary>The name of the numbers inside the folder.</summary>
    public const string NumbersName = "audit.json";

    /// <summary>Writes <c>index.html</c> and <c>audit.json</c>; each file is either whole or what it was before.</summary>
    /// <param name="audit">What was found: at least one model.</param>
    /// <param name="folder">Made if it is not there; files of these names in it are replaced.</param>
    /// <exception cref="ArgumentException">The audit holds no model.</exception>
    /// <exception cref="IOException">The disk is full, or <paramref name="folder"/> is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(Audit audit, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var page = Encoding.UTF8.GetBytes(Render(audit));
        Directory.CreateDirectory(folder);
        AuditJson.Write(audit, Path.Combine(folder, NumbersName));
        AtomicFile.Write(Path.Combine(folder, PageName), stream => stream.Write(page));
    }

    /// <summary>The page as text.</summary>
    /// <param name="audit">What was found: at least one model.</param>
    /// <exception cref="ArgumentException">The audit holds no model.</exception>
    public static string Render(Audit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        if (audit.Models.Count == 0)
            throw new ArgumentException("Expected an audit of at least one model, got none. Examine a model first.", nameof(audit));
        return Page.Render(audit).ToString();
    }
}
