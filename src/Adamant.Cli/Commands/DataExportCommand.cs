using System.CommandLine;
using Adamant.Data;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant data export</c>: a set as a file for other tools.</summary>
internal sealed class DataExportCommand : CliCommand
{
    private readonly Argument<string> data, path;
    private readonly DataOptions.FileOptions file = new();
    private readonly Option<bool> test;
    private readonly Option<long?> limit;

    public DataExportCommand() : base("export", "Write a data set to .safetensors, .npz or .csv.")
    {
        data = With(new Argument<string>("data") { Description = "A data set's name or a file." });
        path = With(new Argument<string>("path") { Description = "Where it goes; the ending says the format." });
        foreach (var option in file.All) With(option);
        test = With(new Option<bool>("--test") { Description = "The test part instead of the training part." });
        limit = With(CommonOptions.Limit());
        Examples = ["adamant data export signs signs.npz", "adamant data export transactions fraud.csv --limit 1000"];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var target = arguments.GetRequiredValue(path);
        Inputs.CheckWritable(target);
        var part = arguments.GetValue(test) ? DatasetPart.Test : DatasetPart.Train;
        using var whole = file.Open(arguments, arguments.GetRequiredValue(data), part);
        using var set = whole.Take(arguments.GetValue(limit) ?? whole.Count);
        DatasetExport.Write(set, target);
        screen.Json(set.Card, json => json.DatasetCard);
        screen.Line($"Wrote {set.Count:N0} rows to {target}");
        return ExitCode.Held;
    }
}
