using System.CommandLine;
using Adamant.Attacks;
using Adamant.Attacks.Corruptions;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant corrupt</c>: how a model of images fares under noise, blur, weather and compression that nobody crafted.</summary>
internal sealed class CorruptCommand : CliCommand
{
    private readonly Argument<string> model;
    private readonly DataOptions data = new();
    private readonly Option<string[]> corruption;
    private readonly Option<int[]> severity;
    private readonly Option<string?> baseline;
    private readonly Option<long?> limit;
    private readonly Option<int> batchSize, seed;

    public CorruptCommand() : base("corrupt", "Measure a model of images under the fifteen common corruptions.")
    {
        model = With(CommonOptions.Model());
        foreach (var option in data.All) With(option);
        corruption = With(new Option<string[]>("--corruption", "-c")
        {
            Description = $"Only these: {string.Join(", ", CorruptionCatalog.All)}.",
            AllowMultipleArgumentsPerToken = true,
        });
        severity = With(new Option<int[]>("--severity", "-s") { Description = "Only these severities, from 1 to 5.", AllowMultipleArgumentsPerToken = true }.Within(1, Corruption.Severities));
        baseline = With(new Option<string?>("--baseline") { Description = "A model to compare with: the mean corruption error is relative to it." });
        limit = With(CommonOptions.Limit());
        batchSize = With(CommonOptions.BatchSize(256));
        seed = With(CommonOptions.Seed());
        Examples =
        [
            "adamant corrupt model.safetensors --data fashion-mini",
            "adamant corrupt hardened.safetensors --data fashion-mini --baseline model.safetensors --json",
            "adamant corrupt model.safetensors --data fashion-mini --corruption fog jpeg --severity 3 5 --limit 200",
        ];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var path = arguments.GetRequiredValue(model);
        Corruption[] chosen = [.. CorruptionCatalog.All.Where(Names(arguments).Contains)];
        int[] severities = [.. (arguments.GetValue(severity) is { Length: > 0 } given ? given : Enumerable.Range(1, Corruption.Severities)).Distinct().Order()];
        using var loaded = Inputs.Model(path);
        using var reference = arguments.GetValue(baseline) is { } other ? Inputs.Model(other) : null;
        using var dataset = data.Open(arguments, DatasetPart.Test, loaded);
        if (reference is not null) Inputs.CheckFits(dataset.Card, reference);
        using var samples = Inputs.Samples(dataset, loaded, arguments.GetValue(limit));

        var result = Measure(path, loaded.Victim);
        var compared = reference is null ? null : Measure(arguments.GetValue(baseline)!, reference.Victim);
        var summary = CorruptionSummary.From(result, dataset.Card, path, loaded.Sha256, arguments.GetValue(seed)) with
        {
            Baseline = arguments.GetValue(baseline),
            MeanCorruptionError = compared is null ? null : result.MeanCorruptionError(compared),
        };
        Print(screen, summary, severities);
        return ExitCode.Held;

        CorruptionEvaluation Measure(string name, IClassifier victim) => screen.Track($"corrupting {samples.Count} samples for {name}", report => CorruptionEvaluation.Of(
            victim, samples, chosen, severities, arguments.GetValue(seed), arguments.GetValue(batchSize), new View(report), cancellation));
    }

    private Corruption[] Names(ParseResult arguments) => arguments.GetValue(corruption) is { Length: > 0 } names
        ? Array.ConvertAll(names, CorruptionCatalog.Find)
        : [.. CorruptionCatalog.All];

    private static void Print(Screen screen, CorruptionSummary summary, int[] severities)
    {
        screen.Json(summary, json => json.CorruptionSummary);
        screen.Line($"{summary.Samples} samples of {summary.Data}, seed {summary.Seed}; accuracy in % by severity");
        screen.Line();
        screen.Table(
            ["corruption", .. severities.Select(s => $"{s}"), "mean"],
            summary.Scores.GroupBy(s => s.Corruption).Select(group => (IReadOnlyList<string>)
                [group.Key, .. group.Select(s => $"{100 * s.Accuracy.Value:0.0}"), $"{100 * group.Average(s => s.Accuracy.Value):0.0}"]));
        screen.Line();
        screen.Line($"clean accuracy {summary.CleanAccuracy}, mean error under corruption {100 * summary.MeanError:0.0} %");
        if (summary.MeanCorruptionError is { } relative) screen.Line($"mean corruption error {100 * relative:0.0} % of that of {summary.Baseline}");
    }

    private sealed class View(Action<double, string> report) : IProgress<AttackStep>
    {
        public void Report(AttackStep value) => report((double)value.Step / value.Steps, $"{value.Step}/{value.Steps}  error {value.Loss:0.000}");
    }
}
