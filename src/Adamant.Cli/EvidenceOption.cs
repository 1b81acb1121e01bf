using System.CommandLine;
using System.Diagnostics;
using Adamant.Auditing;
using Adamant.Data;
using Adamant.Engine;
using Adamant.Serialization;

namespace Adamant.Cli;

/// <summary>The option that asks for evidence, and its writing.</summary>
internal sealed class EvidenceOption
{
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--evidence")
    {
        Description = "Write what anybody needs to check the numbers into this folder; see: adamant verify.",
    };

    /// <summary>Makes the folder, or refuses it before work is done that would be lost.</summary>
    public string? Check(ParseResult arguments)
    {
        if (arguments.GetValue(Option) is not { } folder) return null;
        Inputs.CheckFolder(folder);
        return folder;
    }

    /// <summary>Writes what was recorded.</summary>
    public void Write(Screen screen, EvidenceRecorder recorder, string folder, string model, LoadedModel loaded, DatasetCard data, int seed, ParseResult arguments)
    {
        var engine = EngineInfo.Collect();
        var how = new Reproduction(CommandText.Of(arguments), seed, App.Version, engine.Versions, engine.Machine, Stopwatch.GetElapsedTime(started).TotalSeconds);
        recorder.Write(folder, new EvidenceModel(loaded.Card.Architecture, Path.GetFileName(model), loaded.Sha256), data, how);
        screen.Note($"Evidence: {folder}");
    }
}
