using System.Text;
using Adamant.Explaining;
using Adamant.Serialization;

namespace Adamant.Reports;

/// <summary>Writes an explanation as one page for people, and beside it the same numbers for machines.</summary>
/// <remarks>As <see cref="HtmlReport"/>: no network, no script, no other file; light or dark as the reader likes; every text is escaped.</remarks>
public static class ExplanationReport
{
    /// <summary>The name of the page inside its folder.</summary>
    public const string PageName = "index.html";

    /// <summary>The name of the numbers inside the folder.</summary>
    public const string NumbersName = "explanation.json";

    /// <summary>Writes <c>index.html</c> and <c>explanation.json</c>; each file is either whole or what it was before.</summary>
    /// <param name="explanation">What was found; the page has a section for each part that is there.</param>
    /// <param name="folder">Made if it is not there; files of these names in it are replaced.</param>
    /// <exception cref="IOException">The disk is full, or <paramref name="folder"/> is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(Explanation explanation, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var page = Encoding.UTF8.GetBytes(Render(explanation));
        Directory.CreateDirectory(folder);
        ExplanationJson.Write(explanation, Path.Combine(folder, NumbersName));
        AtomicFile.Write(Path.Combine(folder, PageName), stream => stream.Write(page));
    }

    /// <summary>The page as text.</summary>
    /// <param name="explanation">What was found.</param>
    public static string Render(Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return ExplanationPage.Render(explanation).ToString();
    }
}
