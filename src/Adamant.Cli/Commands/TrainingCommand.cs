using System.CommandLine;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Models;
using Adamant.Serialization;
using Adamant.Training;

namespace Adamant.Cli.Commands;

/// <summary>What <c>train</c> and <c>harden</c> share: everything but the objective.</summary>
internal abstract class TrainingCommand : CliCommand
{
    private readonly DataOptions data = new();
    private readonly Option<string> output;
    private readonly Option<string?> model, from, checkpoint, resume, tensorBoard;
    private readonly Option<string[]> set;
    private readonly RecipeOptions recipe;

    protected TrainingCommand(string name, string description, string fallback) : base(name, description)
    {
        foreach (var option in data.All) With(option);
        model = With(new Option<string?>("--model", "-m") { Description = "The architecture, see below; chosen to fit the data when left out." });
        set = With(new Option<string[]>("--set") { Description = "An argument of the architecture, as name=value.", AllowMultipleArgumentsPerToken = true });
        from = With(new Option<string?>("--from") { Description = "Start from the weights of this model file instead of random ones." });
        output = With(new Option<string>("--output", "-o") { Description = "Where the trained model goes.", DefaultValueFactory = _ => fallback });
        recipe = new RecipeOptions();
        foreach (var option in recipe.All) With(option);
        checkpoint = With(new Option<string?>("--checkpoint") { Description = "Where to go on from after a break; beside the output when left out." });
        resume = With(new Option<string?>("--resume") { Description = "Go on from this checkpoint, with the same options." });
        tensorBoard = With(new Option<string?>("--tensorboard") { Description = "Write TensorBoard events to this folder." });
        Seed = With(CommonOptions.Seed());
    }

    public override string Notes => CatalogHelp.Models();

    protected Option<int> Seed { get; }

    /// <summary>What each step minimizes.</summary>
    protected abstract IObjective Objective(ParseResult arguments, IDataset data);

    /// <summary>What looks at the network after each epoch, given samples that are not trained on; null where none are held out.</summary>
    protected virtual IReadOnlyList<IEpochProbe> Probes(ParseResult arguments, IDataset? heldOut) => [];

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var path = arguments.GetRequiredValue(output);
        Inputs.CheckWritable(path);
        var seed = arguments.GetValue(Seed);
        var resumed = arguments.GetValue(resume);
        var checkpointPath = resumed ?? arguments.GetValue(checkpoint) ?? Path.ChangeExtension(path, ".checkpoint.safetensors");
        CheckCheckpoint(checkpointPath, path, resumed is not null);
        Inputs.CheckWritable(checkpointPath);
        using var whole = data.Open(arguments, DatasetPart.Train);
        manual_seed(seed);                                      // the initial weights
        using var network = TrainingStart.Of(whole.Card, arguments.GetValue(from), arguments.GetValue(model), arguments.GetValue(set) ?? []);

        var share = arguments.GetValue(recipe.Validation);
        var (train, heldOut) = share > 0 ? whole.Split(share, seed) : (whole, null);
        if (network is SeriesNetwork { Standardization: null } series) series.Standardization = Standardization.Fit(train);    // never of what is held out
        var options = recipe.Read(arguments, whole) with
        {
            Objective = Objective(arguments, whole),
            Probes = Probes(arguments, heldOut),
            Seed = seed,
            Checkpoint = new Checkpointing(checkpointPath) { Resume = resumed is not null },
            TensorBoardFolder = arguments.GetValue(tensorBoard),
        };

        if (whole is TextDataset { Cut: > 0 and var cut } texts) screen.Note($"{cut:N0} of {texts.Count:N0} texts are longer than {texts.Encoding.MaxLength:N0} tokens: only their beginning is read (--max-length).");
        screen.Note($"{train.Count:N0} samples are trained on, {heldOut?.Count ?? 0:N0} held out and measured after each epoch.");
        var result = screen.Track($"training {network.GetName()} on {whole.Card.Name}", report =>
            new Trainer(options with { Progress = new TrainingView(report) }).Fit(network, train, heldOut, cancellation));
        if (result.Ending == TrainingEnding.Canceled)
        {
            screen.Note($"Canceled in epoch {result.Epoch}. Go on with: {CommandText.Of(arguments, resumed is null ? $" --resume {result.CheckpointPath}" : "")}");
            return ExitCode.Inconclusive;
        }
        if (result.Reason is { } reason) screen.Note(reason);
        if (result.Epoch == 0)
        {
            screen.Note("No epoch was finished, so nothing was written.");
            return ExitCode.Inconclusive;
        }

        var baseline = TextBaseline.Of(train, heldOut, cancellation);
        string sha256;
        try
        {
            sha256 = ModelFile.Save(path, network, TrainedCard.Of(network, whole.Card, options, result, CommandText.Of(arguments), baseline?.Value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            screen.Note($"The training is not lost. Write its model with the same options and: --resume {checkpointPath}");
            throw;
        }
        File.Delete(checkpointPath);
        Print(screen, new TrainingSummary
        {
            Output = path,
            Sha256 = sha256,
            Architecture = network.GetName(),
            Parameters = network.ParameterCount,
            Data = whole.Card.Name,
            Objective = options.Objective.ToString()!,
            Ending = result.Ending,
            Epoch = result.Epoch,
            Reason = result.Reason,
            Seconds = result.History.Sum(e => e.Seconds),
            LinearBaseline = baseline is { } measured ? Share.Of(measured) : null,
            History = result.History,
        });
        return ExitCode.Held;
    }

    /// <summary>Refuses to overwrite what someone may still need.</summary>
    private static void CheckCheckpoint(string checkpoint, string output, bool resume)
    {
        if (Path.GetFullPath(checkpoint) == Path.GetFullPath(output))
            throw new ArgumentException($"The checkpoint and the model cannot both be '{output}'. Choose another path for one of them.");
        if (resume && !File.Exists(checkpoint)) throw new FileNotFoundException($"There is no checkpoint '{checkpoint}' to resume from.");
        if (!resume && File.Exists(checkpoint))
            throw new IOException($"'{checkpoint}' exists: go on from it with --resume {checkpoint}, or remove it to start anew.");
    }

    private static void Print(Screen screen, TrainingSummary summary)
    {
        screen.Json(summary, json => json.TrainingSummary);
        screen.Line($"{summary.Architecture}, {summary.Parameters:N0} parameters, {summary.Objective}");
        screen.Line();
        string[] measured = [.. summary.History.SelectMany(e => e.Validation.Keys.Concat(e.Probes.Keys)).Distinct()];
        screen.Table(
            ["epoch", "loss", .. measured, "samples/s", "s"],
            summary.History.Select(e => (IReadOnlyList<string>)[
                $"{e.Epoch}", $"{e.TrainLoss:0.0000}", .. measured.Select(m => Measured(e, m)), $"{e.SamplesPerSecond:0}", $"{e.Seconds:0.0}"]));
        screen.Line();
        if (summary.LinearBaseline is { } baseline) screen.Line($"linear baseline: {baseline} of the samples held out");
        screen.Line($"Wrote {summary.Output} (weights of epoch {summary.Epoch})");
    }

    private static string Measured(EpochReport epoch, string metric) =>
        epoch.Validation.TryGetValue(metric, out var value) || epoch.Probes.TryGetValue(metric, out value) ? $"{value:0.0000}" : "";
}
