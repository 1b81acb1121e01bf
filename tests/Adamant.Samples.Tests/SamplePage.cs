using System.Globalization;
using System.Text.RegularExpressions;

namespace Adamant.Samples.Tests;

/// <summary>A sample's page of the guide: the block marked <c>output</c> is what the sample printed when the page was written.</summary>
public static partial class SamplePage
{
    private const double Points = 6;                            // of 100: what another machine or number of threads may change in a share
    private const double Relative = 0.15;                       // of any other number

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Pages");

    /// <summary>The names of the pages, each that of a sample's folder in lower case with hyphens.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "README").Order(StringComparer.Ordinal);

    public static string[] Output(string name)
    {
        var page = File.ReadAllText(Path.Combine(Folder, $"{name}.md"));
        var block = OutputBlock().Match(page);
        Assert.True(block.Success, $"{name}.md has no block marked ```output.");
        return Lines(block.Groups[1].Value);
    }

    public static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd().Split('\n');

    /// <summary>The same words, and numbers that are nearly the same.</summary>
    public static bool Agree(string claimed, string printed) =>
        Words(claimed) == Words(printed) && Number().Matches(claimed).Zip(Number().Matches(printed)).All(pair => Near(pair.First.Value, pair.Second.Value, claimed));

    private static bool Near(string claimed, string printed, string line)
    {
        var (a, b) = (Parse(claimed), Parse(printed));
        var decimals = claimed.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? claimed.Length - dot - 1 : 0;
        var tolerance = Math.Max(Relative * Math.Abs(a), decimals == 0 ? 0 : 3 * Math.Pow(10, -decimals));
        return Math.Abs(a - b) <= (line.Contains('%', StringComparison.Ordinal) ? Math.Max(Points, tolerance) : tolerance);
    }

    private static double Parse(string number) => double.Parse(number, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static string Words(string line) => Spaces().Replace(Number().Replace(line, "#"), " ").Trim();

    [GeneratedRegex(@"```output\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex OutputBlock();

    [GeneratedRegex(@"(?<![\w.])-?\d[\d,]*(?:\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
