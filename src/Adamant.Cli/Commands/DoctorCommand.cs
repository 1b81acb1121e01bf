using System.CommandLine;
using Adamant.Cli.Results;
using Adamant.Engine;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant doctor</c>: whether the engine loads here, on what, and which data are found.</summary>
internal sealed class DoctorCommand : CliCommand
{
    private readonly DataOptions.FileOptions file = new();

    public DoctorCommand() : base("doctor", "Check that the engine loads, and say what this machine and its data sets are.")
    {
        With(file.Folder);
        Examples = ["adamant doctor", "adamant doctor --json"];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var engine = EngineInfo.Collect();
        var data = file.Catalog(arguments).All.Select(d => new DoctorSummary.DatasetState(d.Name, d.Availability.IsAvailable, d.Availability.Reason)).ToList();
        screen.Json(new DoctorSummary(App.Version, engine, data), json => json.DoctorSummary);
        screen.Line($"Adamant {App.Version}");
        screen.Line();
        screen.Table(["", ""], engine.Lines.Select(l => new[] { l.Name, l.Value }));
        screen.Line();
        screen.Table(["data set", "found", "where"], data.Select(d => new[] { d.Name, d.Found ? "yes" : "no", d.Reason ?? "" }));
        return NativeEngine.Load == EngineLoad.Failed ? ExitCode.Internal : ExitCode.Held;
    }
}
