using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Adamant.Attacks.Evasion;
using Adamant.Cli.Commands;

namespace Adamant.Cli.Tests;

/// <summary>Every attack and every defense has its page, and every command of the guide is one that the command line takes.</summary>
public sealed partial class GuideTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Guide");

    public static TheoryData<string> Attacks => [.. AttackCatalog.All.Select(a => a.Name)];

    public static TheoryData<string> Methods => [.. MethodNames()];

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Folder, "*.md", SearchOption.AllDirectories).Select(Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void An_attack_has_a_page_with_formula_cost_weakness_source_and_command(string attack)
    {
        var path = Path.Combine(Folder, "attacks", $"{attack}.md");
        Assert.True(File.Exists(path), $"Expected docs/guide/attacks/{attack}.md; take pgd.md as a pattern.");
        CheckPage(path, line => Words(line) is ["attack" or "audit", ..] words && words.SkipWhile(w => w is not ("--attack" or "-a")).Skip(1).TakeWhile(w => !w.StartsWith('-')).Contains(attack));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_of_hardening_has_a_page_with_formula_cost_weakness_source_and_command(string method)
    {
        bool Names(string line) => Words(line) is ["harden", ..] words && words.SkipWhile(w => w != "--method").Skip(1).FirstOrDefault() == method;
        string[] pages = [.. Directory.EnumerateFiles(Path.Combine(Folder, "defenses"), "*.md").Order(StringComparer.Ordinal)];
        var page = Array.Find(pages, p => Path.GetFileNameWithoutExtension(p) == method || Path.GetFileNameWithoutExtension(p) == $"{method}-training")
            ?? Array.Find(pages, p => Commands(p).Any(Names));
        Assert.True(page is not null, $"Expected docs/guide/defenses/{method}.md with a bash block 'adamant harden … --method {method}'.");
        CheckPage(page, Names);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_the_guide_parses(string page)
    {
        var root = App.CreateRoot();
        Assert.All(Commands(Path.Combine(Folder, page)), line =>
        {
            var parsed = root.Parse(Words(line));
            Assert.True(parsed.Errors.Count == 0 && parsed.UnmatchedTokens.Count == 0, $"{line}: {(parsed.Errors.Count > 0 ? parsed.Errors[0].Message : string.Join(" ", parsed.UnmatchedTokens))}");
        });
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_is_in_the_index_and_its_links_lead_somewhere(string page)
    {
        var index = File.ReadAllText(Path.Combine(Folder, "README.md"));
        if (page != "README.md") Assert.True(index.Contains($"({page})", StringComparison.Ordinal), $"Expected a link to {page} in docs/guide/README.md.");
        var here = Path.GetDirectoryName(Path.Combine(Folder, page))!;
        var broken = Link().Matches(File.ReadAllText(Path.Combine(Folder, page))).Select(m => m.Groups[1].Value)
            .Select(link => Path.GetFullPath(Path.Combine(here, link))).Where(target => target.StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !File.Exists(target));
        Assert.Empty(broken);
    }

    private static void CheckPage(string path, Func<string, bool> isOwn)
    {
        var text = File.ReadAllText(path);
        var name = Name(path);
        Assert.True(Formula().IsMatch(text), $"{name}: expected a formula in a block without a language.");
        Assert.True(text.Contains("cost", StringComparison.OrdinalIgnoreCase), $"{name}: expected what it costs.");
        Assert.True(Weakness().IsMatch(text), $"{name}: expected where it is weak.");
        Assert.True(Source().IsMatch(text), $"{name}: expected its source, with an arXiv number or the venue and year.");
        Assert.True(Commands(path).Any(isOwn), $"{name}: expected a bash block with an adamant command that uses it.");
    }

    /// <summary>The commands in the bash blocks of a page, with lines that are continued put together.</summary>
    private static IEnumerable<string> Commands(string path) =>
        Bash().Matches(File.ReadAllText(path)).SelectMany(m => m.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Select(l => Comment().Replace(l, "").Trim()).Where(l => l.StartsWith("adamant ", StringComparison.Ordinal));

    private static string[] Words(string line) => [.. CommandLineParser.SplitCommandLine(line).Skip(1)];

    private static IEnumerable<string> MethodNames() =>
        new HardenCommand().Options.Single(o => o.Name == "--method").GetCompletions(CompletionContext.Empty).Select(c => c.Label);

    private static string Name(string path) => Path.GetRelativePath(Folder, path).Replace('\\', '/');

    [GeneratedRegex(@"(?:^|\n)```\n(?!adamant )[^`]+?\n```", RegexOptions.Singleline)]
    private static partial Regex Formula();

    [GeneratedRegex(@"```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Bash();

    [GeneratedRegex(@"\s#\s.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bweak|\bfails\b|\bblind|does not (see|find|reach)|misses", RegexOptions.IgnoreCase)]
    private static partial Regex Weakness();

    [GeneratedRegex(@"Sources?:.*?(arXiv:\d{4}\.\d{4,5}|\b(19|20)\d\d\b)", RegexOptions.Singleline)]
    private static partial Regex Source();

    [GeneratedRegex(@"\]\(([^)#:]+\.md)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
