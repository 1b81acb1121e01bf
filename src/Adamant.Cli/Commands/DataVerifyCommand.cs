using System.CommandLine;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Datasets;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant data verify</c>: hashes and counts again.</summary>
internal sealed class DataVerifyCommand : CliCommand
{
    private readonly Argument<string[]> names;
    private readonly DataOptions.FileOptions file = new();

    public DataVerifyCommand() : base("verify", "Hash and count named data sets again; exit with 1 when one is not what it should be.")
    {
        names = With(new Argument<string[]>("names") { Description = "Names of data sets; all that are found here when left out.", Arity = ArgumentArity.ZeroOrMore });
        With(file.Folder);
        Examples = ["adamant data verify", "adamant data verify fashion-mini wdbc"];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var catalog = file.Catalog(arguments);
        var chosen = arguments.GetValue(names) is { Length: > 0 } some
            ? some.Select(n => catalog.Find(n) ?? throw Inputs.Unknown(n, catalog)).ToList()
            : catalog.All.Where(s => s.Availability.IsAvailable).ToList();
        var checks = chosen
            .SelectMany(set => Enum.GetValues<DatasetPart>().Select(part => Verification.Of(set, part)))
            .Select(v => new DatasetCheck(v.Name, v.Part, v.Holds, v.Expected.Rows, v.Fault))
            .ToList();
        screen.Json(checks, json => json.IReadOnlyListDatasetCheck);
        screen.Table(["data set", "part", "rows", "verdict"], checks.Select(c => new[] { c.Name, $"{c.Part}", $"{c.Rows:N0}", c.Fault ?? "as it should be" }));
        return checks.All(c => c.Held) ? ExitCode.Held : ExitCode.Failed;
    }
}
