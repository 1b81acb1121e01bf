using System.CommandLine;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Training;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant evaluate</c>: how good a model is on data that nobody moved.</summary>
internal sealed class EvaluateCommand : CliCommand
{
    private readonly Argument<string> model;
    private readonly DataOptions data = new();
    private readonly Option<long?> limit;
    private readonly Option<int> batchSize;
    private readonly Option<bool> confusion;
    private readonly DefenseOptions defenses = new();

    public EvaluateCommand() : base("evaluate", "Measure a model on labeled data: accuracy, F1, AUC, per class; RMSE and MAE in regression.")
    {
        model = With(CommonOptions.Model());
        foreach (var option in data.All) With(option);
        limit = With(CommonOptions.Limit());
        batchSize = With(CommonOptions.BatchSize(256));
        confusion = With(new Option<bool>("--confusion") { Description = "Also show which class is taken for which." });
        With(defenses.Sanitizer);
        Examples = ["adamant evaluate model.safetensors --data fashion-mini", "adamant evaluate model.safetensors --data my.npz --json"];
    }

    public override string Notes => CatalogHelp.Sanitizers();

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        using var loaded = Inputs.Model(arguments.GetRequiredValue(model));
        using var whole = data.Open(arguments, DatasetPart.Test, loaded);
        using var dataset = whole.Take(arguments.GetValue(limit) ?? whole.Count);
        var defense = defenses.Read(arguments);
        DefenseOptions.CheckTensors(defense, loaded.Text);
        using var victim = defense.Protect(loaded.Victim);
        var evaluation = Evaluation.Of(victim, dataset, arguments.GetValue(batchSize), cancellation);

        var intervals = EvaluationSummary.IntervalsOf(evaluation);
        using var training = dataset is ITextDataset ? data.OpenTraining(arguments, loaded) : null;
        var baseline = TextBaseline.Of(training, dataset, cancellation);

        var summary = EvaluationSummary.From(arguments.GetRequiredValue(model), loaded.Sha256, dataset.Card, evaluation);
        screen.Json(summary with { LinearBaseline = baseline is { } measured ? Share.Of(measured) : null }, json => json.EvaluationSummary);
        screen.Line($"{loaded.Card.Architecture} on {evaluation.Samples} samples of {dataset.Card.Name}");
        screen.Line();
        screen.Table(["metric", "value"],
        [
            .. evaluation.Accuracy is { } accuracy ? new string[][] { ["accuracy", accuracy.ToString()] } : [],
            .. evaluation.Metrics.Where(m => m.Key != "accuracy").Select(m => new[] { m.Key, intervals.TryGetValue(m.Key, out var i) ? $"{m.Value:0.0000} [{i.Low:0.0000}, {i.High:0.0000}]" : $"{m.Value:0.0000}" }),
            ["loss", $"{evaluation.Loss:0.0000}"],
        ]);
        if (baseline is not null) screen.Line($"linear baseline: {baseline}, learned from the training part and measured on the same samples");
        else if (loaded.Card.Provenance?.Metrics.TryGetValue(TextBaseline.Metric, out var stored) == true)
            screen.Line($"linear baseline: {100 * stored:0.0} % of the samples that were held out when the model was trained");
        if (evaluation.Classes.Count > 0)
        {
            screen.Line();
            screen.Table(["class", "recall", "precision", "F1"],
                evaluation.Classes.Select(c => new[] { c.Name, c.Recall.ToString(), c.Precision.ToString(), $"{c.F1:0.000}" }));
        }
        if (arguments.GetValue(confusion) && evaluation.Confusion.Count > 0)
        {
            screen.Line();
            screen.Table(["truth \\ said", .. evaluation.Classes.Select(c => c.Name)],
                evaluation.Confusion.Select((row, i) => (IReadOnlyList<string>)[evaluation.Classes[i].Name, .. row.Select(n => $"{n}")]));
        }
        return ExitCode.Held;
    }
}
