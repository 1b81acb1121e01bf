using System.CommandLine;
using Adamant.Attacks.Evasion;
using Adamant.Auditing;
using Adamant.Cli.Results;
using Adamant.Victims;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant selftest attacks</c>: whether attacks reach optima that are known.</summary>
internal sealed class SelfTestAttacksCommand : CliCommand
{
    private readonly Argument<string[]> names;

    public SelfTestAttacksCommand() : base("attacks", "Run attacks on models whose robust accuracy is known; exit with 1 when one fails what it must reach.")
    {
        names = With(new Argument<string[]>("names") { Description = "Names of attacks; all on tensors when left out.", Arity = ArgumentArity.ZeroOrMore });
        Examples = ["adamant selftest attacks", "adamant selftest attacks pgd deep-fool --json"];
    }

    public override string Notes => CatalogHelp.Attacks();

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        AttackEntry[] chosen = arguments.GetValue(names) is { Length: > 0 } some
            ? [.. some.Distinct().Select(name => AttackCatalog.Find(name) is { IsOnTexts: false } entry ? entry : throw new ArgumentException($"Expected an attack on tensors, got '{name}', which edits texts."))]
            : [.. AttackCatalog.All.Where(a => !a.IsOnTexts)];
        var results = screen.Track($"examining {chosen.Length} attacks", report => chosen.SelectMany((entry, i) =>
        {
            report((double)i / chosen.Length, entry.Name);
            return AttackSelfTest.Examine(entry.Name, entry.Create<IDifferentiable>(), cancellation);
        }).ToList());

        screen.Json([.. results.Select(SelfTestCheck.Of)], json => json.IReadOnlyListSelfTestCheck);
        var cases = results.Select(r => r.Case).Distinct().ToList();
        screen.Table(["attack", .. cases], results.GroupBy(r => r.Attack).Select(of => (IReadOnlyList<string>)[of.Key, .. cases.Select(c => Word(of.Single(r => r.Case == c)))]));
        screen.Line();
        foreach (var r in results.Where(r => r.Verdict == SelfTestVerdict.Failed)) screen.Line($"{r.Attack} failed, {r.Case}: {r.Reason}");
        var failed = results.Where(r => r.Verdict == SelfTestVerdict.Failed).Select(r => r.Attack).Distinct().Count();
        screen.Line(failed == 0 ? "Every attack reaches what it must. Blind: its scores mean nothing on such models." : $"{failed} of {chosen.Length} attacks failed: their scores are not to be believed.");
        return failed == 0 ? ExitCode.Held : ExitCode.Failed;
    }

    private static string Word(SelfTestResult result) => result.Verdict switch
    {
        SelfTestVerdict.Passed => "passed",
        SelfTestVerdict.Failed => "FAILED",
        SelfTestVerdict.Blind => "blind",
        _ => "–",
    };
}
