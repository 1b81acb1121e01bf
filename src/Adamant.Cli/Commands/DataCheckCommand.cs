using System.CommandLine;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Datasets;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant data check</c>: do the rows of a table exist, by a schema?</summary>
internal sealed class DataCheckCommand : CliCommand
{
    private const int Shown = 20;
    private readonly Argument<string> data;
    private readonly Option<string> schema;
    private readonly DataOptions.FileOptions file = new();
    private readonly Option<bool> test;

    public DataCheckCommand() : base("check", "Check the rows of a table against a schema: types, ranges, categories, relations; exit with 1 when one does not exist.")
    {
        data = With(new Argument<string>("data") { Description = "A CSV file, or a table's name." });
        schema = With(new Option<string>("--schema", "-s") { Description = $"A constraint file, or one of {string.Join(", ", ConstraintFiles.Names)}.", Required = true });
        With(file.Folder);
        test = With(new Option<bool>("--test") { Description = "The test part of a named set instead of the training part." });
        Examples = ["adamant data check adversarial.csv --schema fraud.constraints.json", "adamant data check transactions --schema fraud"];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var (name, known) = (arguments.GetRequiredValue(data), ConstraintFiles.Open(arguments.GetRequiredValue(schema)));
        var table = file.Catalog(arguments).Find(name) is { } set ? Rows(set, arguments.GetValue(test) ? DatasetPart.Test : DatasetPart.Train)
            : File.Exists(name) ? Csv.ReadTable(name)
            : throw Inputs.Unknown(name, file.Catalog(arguments));
        var found = known.Check(table);
        var rows = found.Select(v => v.Row).Distinct().Count();
        screen.Json(new SchemaCheck(table.Rows.Count, rows, found), json => json.SchemaCheck);
        foreach (var violation in found.Take(Shown)) screen.Line($"{violation}");
        if (found.Count > Shown) screen.Line($"and {found.Count - Shown:N0} more");
        screen.Line(rows == 0 ? $"All {table.Rows.Count:N0} rows pass." : $"{rows:N0} of {table.Rows.Count:N0} rows do not pass.");
        return rows == 0 ? ExitCode.Held : ExitCode.Failed;
    }

    private static Table Rows(INamedDataset set, DatasetPart part)
    {
        using var loaded = set.Load(part);
        using var all = loaded.ReadAll();
        return TableRows.Of(all, loaded.Card);
    }
}
