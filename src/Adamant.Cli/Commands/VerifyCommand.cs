using System.CommandLine;
using Adamant.Auditing;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Serialization;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant verify</c>: asks the model again, measures again and counts again.</summary>
internal sealed class VerifyCommand : CliCommand
{
    private readonly Argument<string> folder;
    private readonly Option<string?> model;
    private readonly DataOptions data = new(required: false);

    public VerifyCommand() : base("verify", "Check the evidence of an attack: every prediction, every move and every number again; exit with 1 when one does not hold.")
    {
        folder = With(new Argument<string>("evidence") { Description = "A folder that adamant attack --evidence or adamant audit --evidence wrote." });
        model = With(new Option<string?>("--model", "-m") { Description = "The model file; else one of the recorded name is looked for in the folder, the folder above it, and here." });
        foreach (var option in data.All) With(option);
        Examples = ["adamant verify evidence", "adamant verify evidence --model model.safetensors --data fashion-mini --json"];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var path = arguments.GetRequiredValue(folder);
        using var evidence = EvidenceFolder.Read(path);
        var file = arguments.GetValue(model) ?? Find(path, evidence.Evidence.Model.File);
        using var loaded = Inputs.Model(file);
        using var dataset = data.IsGiven(arguments) ? data.Open(arguments, DatasetPart.Test, loaded) : null;
        if (dataset?.Count < evidence.Evidence.Samples.Count)
            throw new ArgumentException($"Expected a data set of at least {evidence.Evidence.Samples.Count} samples, as the evidence holds, got {dataset.Count} in {dataset.Card.Name}.");

        var checks = Verify(evidence, loaded, dataset, cancellation);
        var held = checks.All(c => c.Holds != false);
        screen.Json(new VerificationSummary(path, file, held, checks), json => json.VerificationSummary);
        var claims = evidence.Evidence.Claims;
        string[] attacks = [.. evidence.Evidence.Attacks.Select(a => a.Parameters)];
        var outer = attacks.Where(a => !attacks.Any(other => other != a && other.Contains(a, StringComparison.Ordinal)));      // not those that took turns inside another
        screen.Line($"{evidence.Evidence.Model.File} under {string.Join("; ", outer)}, {evidence.Evidence.Threat.Text}");
        screen.Line($"claims a robust accuracy of {claims.RobustAccuracy} on {evidence.Evidence.Samples.Count:N0} samples of {evidence.Evidence.Data.Name}");
        screen.Line($"asked: {file}, SHA-256 {loaded.Sha256}");
        screen.Line();
        screen.Table(["check", "verdict", "what was found", "samples"], checks.Select(c => new[]
        {
            c.Name, c.Holds switch { true => "holds", false => "FAILS", _ => "not checked" }, c.Detail, c.Samples.Count > 0 ? $"no. {string.Join(", ", c.Samples)}" : "",
        }));
        screen.Line($"{(held ? "Held" : "Failed")}: {checks.Count(c => c.Holds == true)} checks hold, {checks.Count(c => c.Holds == false)} fail, {checks.Count(c => c.Holds is null)} were not made.");
        return held ? ExitCode.Held : ExitCode.Failed;
    }

    private static IReadOnlyList<EvidenceCheck> Verify(EvidenceFolder folder, LoadedModel loaded, IDataset? dataset, CancellationToken cancellation)
    {
        var count = folder.Evidence.Samples.Count;
        if (folder.Evidence.Threat.Ball is not null)
        {
            if (loaded.Text is not null) throw new ArgumentException("The evidence is on tensors, and the model reads texts: give the model that was attacked with --model.");
            using var samples = dataset?.Read(0, count);
            return EvidenceVerifier.Verify(folder, loaded.Victim, loaded.Sha256, samples, cancellation);
        }
        var victim = loaded.Text ?? throw new ArgumentException("The evidence is on texts, and the model does not read any: give the model that was attacked with --model.");
        using var texts = dataset?.Read(0, count);
        return EvidenceVerifier.Verify(
            folder.Evidence, victim, loaded.Sha256, dataset is null ? null : ([.. EditOptions.Texts(dataset).Texts.Take(count)], texts!.Labels), cancellation);
    }

    /// <summary>The recorded name is only a name: it may not lead anywhere.</summary>
    private static string Find(string folder, string name)
    {
        if (name.Length == 0 || name is "." or ".." || name.IndexOfAny(['/', '\\', ':', '\0']) >= 0 || name.Any(char.IsControl))
            throw new InvalidDataException("The evidence does not name a plain file of the model. Give it with --model.");
        string[] places = [name, Path.Combine(folder, "..", name), Path.Combine(folder, name)];        // a copy that came with the evidence is the last to be asked
        return Array.Find(places, File.Exists) ?? throw new FileNotFoundException($"There is no model '{name}' here, above the folder, or in it. Give it with --model.");
    }
}
