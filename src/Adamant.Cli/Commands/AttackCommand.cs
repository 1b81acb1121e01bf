using System.CommandLine;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant attack</c>: how much of a model's accuracy survives.</summary>
internal sealed class AttackCommand : CliCommand
{
    private readonly Argument<string> model;
    private readonly DataOptions data = new();
    private readonly AttackOptions attacks = new(["pgd"], ["hot-flip"]);
    private readonly EditOptions edits = new();
    private readonly BallOptions balls = new();
    private readonly Option<double?> failUnder;
    private readonly Option<int> batchSize, seed;
    private readonly Option<int?> target;
    private readonly Option<long?> limit;
    private readonly Option<string?> output;

    public AttackCommand() : base("attack", "Attack a model, and count what is left of its accuracy.")
    {
        model = With(CommonOptions.Model());
        foreach (var option in data.All) With(option);
        foreach (var option in attacks.All) With(option);
        foreach (var option in balls.All) With(option);
        foreach (var option in edits.All) With(option);
        target = With(new Option<int?>("--target") { Description = "The class that the attacker wants; any wrong class when left out." });
        limit = With(CommonOptions.Limit());
        batchSize = With(CommonOptions.BatchSize(Harness.BatchSize));
        seed = With(CommonOptions.Seed());
        output = With(new Option<string?>("--output", "-o") { Description = "Write the adversarial samples to this .safetensors file; texts as one JSON object per line." });
        failUnder = With(CommonOptions.FailUnder());
        Examples =
        [
            "adamant attack model.safetensors --data fashion-mini --epsilon 0.1",
            "adamant attack model.safetensors --data fashion-mini --attack fgsm pgd --steps 40 --restarts 5 --json",
            "adamant attack model.safetensors --data fashion-mini --norm l2 --epsilon 1.5 --target 6 --output adversarial.safetensors",
            "adamant attack model.safetensors --data fashion-mini --attack deep-fool --norm l2",
            "adamant attack sentiment.safetensors --data reviews --attack hot-flip text-fooler --words 0.15 --output adversarial.jsonl",
            "adamant attack pump.safetensors --data sensors.npz --channel-epsilon 0.2,0,1.5 --slope 0.05 --from-step 30",
        ];
    }

    public override string Notes => CatalogHelp.Attacks();

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var path = arguments.GetRequiredValue(model);
        attacks.Check(arguments);
        if (arguments.GetValue(output) is { } file) Inputs.CheckWritable(file);
        using var loaded = Inputs.Model(path);
        var onTexts = loaded.Text;
        IEvasion<IDifferentiable>[] chosen = onTexts is null ? [.. attacks.Create(arguments).Select(a => a.Attack)] : [];
        if (onTexts is null && edits.AreGiven(arguments)) throw new ArgumentException("The model does not read texts: expected --epsilon, got a share of words or characters.");
        using var dataset = data.Open(arguments, DatasetPart.Test, loaded);
        using var samples = Inputs.Samples(dataset, loaded, arguments.GetValue(limit));
        var targets = Targets(arguments.GetValue(target), loaded, samples);
        var (floor, used) = (arguments.GetValue(failUnder), arguments.GetValue(seed));
        AttackSummary summary;
        if (onTexts is not null)
        {
            var result = AttackTexts(arguments, screen, onTexts, EditOptions.Texts(dataset), samples, targets, cancellation);
            if (arguments.GetValue(output) is { } lines) TextAttackRun.Write(lines, result);
            summary = AttackSummary.From(result, result.Threat.Edits, dataset.Card, path, loaded.Sha256, used) with { Examples = TextAttackRun.Examples(result) };
        }
        else
        {
            var ball = balls.Read(arguments, samples.Inputs);
            var measures = chosen is [IMinimumNorm<IDifferentiable>] && !balls.AreGiven(arguments);
            if (measures) ball = MinimumNorms.Widest(ball, loaded.Victim.Input);
            using var result = AttackTensors(arguments, screen, chosen, loaded.Victim, samples, new Threat(ball) { Target = targets }, cancellation);
            if (arguments.GetValue(output) is { } adversarials)
                SafeTensors.Write(adversarials, new Dictionary<string, Tensor> { ["inputs"] = result.Adversarials, ["labels"] = samples.Labels });
            summary = AttackSummary.From(result, ball, dataset.Card, path, loaded.Sha256, used) with { MedianDistance = measures ? MinimumNorms.Of(result).Median : null };
        }
        if (arguments.GetValue(output) is { } written) screen.Note($"Wrote {written}");
        summary = summary with
        {
            Target = arguments.GetValue(target),
            Output = arguments.GetValue(output),
            FailUnder = floor,
            Held = floor is null || summary.RobustAccuracy.Value >= floor,
        };
        Print(screen, summary);
        return summary.Held ? ExitCode.Held : ExitCode.Failed;
    }

    private EvasionResult AttackTensors(
        ParseResult arguments, Screen screen, IEvasion<IDifferentiable>[] chosen, IDifferentiable victim, Batch samples, Threat threat, CancellationToken cancellation)
    {
        var worst = chosen.Length == 1 ? chosen[0] : new WorstOf<IDifferentiable>(chosen);
        var size = arguments.GetValue(batchSize);
        var batches = (samples.Count + size - 1) / Math.Max(1, size) * attacks.Turns(arguments);
        return screen.Track($"attacking {samples.Count} samples", report => worst.Against(
            victim, samples, threat, new Run { Seed = arguments.GetValue(seed), Progress = new AttackView(report, batches) }, size, cancellation));
    }

    private TextEvasionResult AttackTexts(
        ParseResult arguments, Screen screen, ITextDifferentiable victim, TextDataset texts, Batch samples, Tensor? targets, CancellationToken cancellation)
    {
        ITextEvasion<ITextDifferentiable>[] chosen = [.. attacks.CreateOnTexts(arguments).Select(a => a.Attack)];
        var threat = new TextThreat(edits.Read(arguments, () => EditOptions.Corpus(data, arguments))) { Target = targets };
        return TextAttackRun.Run(
            screen, chosen, victim, texts, samples, threat, arguments.GetValue(seed), arguments.GetValue(batchSize), attacks.Turns(arguments), cancellation);
    }

    private static Tensor? Targets(int? target, LoadedModel loaded, Batch samples)
    {
        if (target is null) return null;
        if (target < 0 || target >= loaded.Network.Outputs)
            throw new ArgumentException($"Expected a target class in 0..{loaded.Network.Outputs - 1}, got {target}.");
        return full_like(samples.Labels, target.Value);
    }

    private static void Print(Screen screen, AttackSummary summary)
    {
        screen.Json(summary, json => json.AttackSummary);
        screen.Line($"{summary.Attack}, {summary.Threat}, on {summary.Samples} samples of {summary.Data}, seed {summary.Seed}");
        screen.Line();
        screen.Table(
            ["", ""],
            [
                ["clean accuracy", summary.CleanAccuracy.ToString()],
                ["robust accuracy", summary.RobustAccuracy.ToString()],
                ["attack success", summary.Success.ToString()],
                ["max perturbation", $"{summary.MaxPerturbation:0.####}"],
                .. summary.MedianDistance is { } median ? [["median distance", $"{median:0.####}"]] : Array.Empty<string[]>(),
                ["samples/s", $"{summary.SamplesPerSecond:0}"],
                ["forwards", $"{summary.Forwards:N0}"],
                ["gradients", $"{summary.Gradients:N0}"],
            ]);
        foreach (var example in summary.Examples ?? []) screen.Line($"  {example}");
        if (summary.FailUnder is { } floor)
            screen.Line($"{(summary.Held ? "Held" : "Failed")}: robust accuracy {summary.RobustAccuracy.Value:0.000}, threshold {floor:0.000}.");
    }
}
