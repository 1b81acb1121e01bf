using System.CommandLine;
using Adamant.Cli.Results;
using Adamant.Data;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant data list</c>: every named set, and whether it is found here.</summary>
internal sealed class DataListCommand : CliCommand
{
    private readonly DataOptions.FileOptions file = new();

    public DataListCommand() : base("list", "List the named data sets, and say how to get those that are not found here.")
    {
        With(file.Folder);
        Examples = ["adamant data list", "adamant data list --data-dir sets --json"];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var sets = file.Catalog(arguments).All;
        screen.Json([.. sets.Select(DatasetSummary.Of)], json => json.IReadOnlyListDatasetSummary);
        screen.Table(["name", "train", "test", "input", "what it is"], sets.Select(s => new[]
        {
            s.Name,
            s.Availability.IsAvailable ? $"{s.Card(DatasetPart.Train).Rows:N0}" : "–",
            s.Availability.IsAvailable ? $"{s.Card(DatasetPart.Test).Rows:N0}" : "–",
            string.Join("×", s.Card(DatasetPart.Train).Input.Shape),
            s.Card(DatasetPart.Train).Description,
        }));
        foreach (var missing in sets.Where(s => !s.Availability.IsAvailable))
            screen.Line($"{missing.Name}: {missing.Availability.Reason}. {missing.Availability.HowToGet}");
        return ExitCode.Held;
    }
}
