using System.CommandLine;
using System.Diagnostics;
using Adamant.Auditing;
using Adamant.Data;
using Adamant.Defenses.Inputs;
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

    /// <summary>Refuses what evidence cannot hold yet: whoever verifies it asks the bare model, and knows the ball alone.</summary>
    /// <exception cref="ArgumentException">A defense of the inputs, or constraints.</exception>
    public static void Check(string? folder, InputDefense defense, string? constraints)
    {
        if (folder is null) return;
        if (!defense.IsEmpty) throw new ArgumentException("--evidence is for the model alone, and --sanitizer puts a defense before it. Leave one of them out.");
        if (constraints is not null) throw new ArgumentException("--evidence does not hold constraints. Leave one of them out; the rows can be checked with --output rows.csv and adamant data check.");
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
