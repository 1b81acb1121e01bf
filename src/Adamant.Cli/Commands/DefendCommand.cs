using System.CommandLine;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Defenses.Inputs;
using Adamant.Serialization;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant defend</c>: what sanitizers and a detector are worth, before and after the attacker learns of them.</summary>
internal sealed class DefendCommand : CliCommand
{
    private readonly Argument<string> model;
    private readonly DataOptions data = new();
    private readonly DefenseOptions defenses = new();
    private readonly AttackOptions attacks = new(["pgd"], []);
    private readonly BallOptions balls = new();
    private readonly Option<string?> detector;
    private readonly Option<double> rate;
    private readonly Option<double?> failUnder;
    private readonly Option<int> seed;
    private readonly Option<long?> limit;

    public DefendCommand() : base("defend", "Put sanitizers or a detector in front of a model, and attack it with and without knowledge of them.")
    {
        model = With(CommonOptions.Model());
        foreach (var option in data.All) With(option);
        foreach (var option in defenses.All) With(option);
        detector = With(new Option<string?>("--detector") { Description = "Stop inputs that look crafted, see below." });
        rate = With(new Option<double>("--fpr")
        {
            Description = "The share of clean inputs that the detector may stop; calibrated on the second half of the data, which is not attacked.",
            DefaultValueFactory = _ => 0.05,
        }.Within(0.0001, 0.5));
        foreach (var option in attacks.All) With(option);
        foreach (var option in balls.All) With(option);
        limit = With(CommonOptions.Limit());
        seed = With(CommonOptions.Seed());
        failUnder = With(CommonOptions.FailUnder());
        Examples =
        [
            "adamant defend model.safetensors --data fashion-mini --sanitizer bit-depth=3 median=3 --limit 100",
            "adamant defend model.safetensors --data fashion-mini --detector mahalanobis --fpr 0.05 --limit 100 --json",
        ];
    }

    public override string Notes => CatalogHelp.Sanitizers() + Environment.NewLine + CatalogHelp.Detectors() + Environment.NewLine + CatalogHelp.Attacks();

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        attacks.Check(arguments);
        var path = arguments.GetRequiredValue(model);
        var detecting = arguments.GetValue(detector) is { } named ? DefenseCatalog.Detector(named) : null;
        var sanitizing = defenses.Read(arguments);
        if (sanitizing.IsEmpty && detecting is null) throw new ArgumentException("Expected --sanitizer or --detector, got neither. See: adamant defend --help");
        using var loaded = Inputs.Model(path);
        if (loaded.Text is not null) throw new ArgumentException("The model reads texts, and these defenses are for numbers.");
        using var dataset = data.Open(arguments, DatasetPart.Test, loaded);
        using var whole = Inputs.Samples(dataset, loaded, null);
        var (attacked, clean) = Parts(whole, detecting is not null, arguments.GetValue(limit));
        using var calibrated = detecting is null ? null : Calibrated.Of(detecting, loaded.Victim, clean, arguments.GetValue(rate));
        var defense = sanitizing with { Detector = calibrated };
        var report = Examine(arguments, screen, loaded, defense, attacked, cancellation);

        var floor = arguments.GetValue(failUnder);
        var summary = new DefenseSummary
        {
            Model = path,
            ModelSha256 = loaded.Sha256,
            Data = dataset.Card.Name,
            Defense = report.Defense,
            Threat = $"{balls.Read(arguments, attacked.Inputs)}",
            Seed = arguments.GetValue(seed),
            Samples = attacked.Count,
            CleanUndefended = Share.Of(report.Undefended.CleanAccuracy),
            CleanDefended = Share.Of(report.Adaptive.CleanAccuracy),
            FalsePositives = report.FalsePositives is { } stopped ? Share.Of(stopped) : null,
            RobustUndefended = Share.Of(report.Undefended.RobustAccuracy),
            RobustNaive = Share.Of(report.Naive.RobustAccuracy),
            RobustAdaptive = Share.Of(report.Adaptive.RobustAccuracy),
            Believe = Share.Of(report.Believe),
            NaiveAttack = report.Naive.Attack,
            AdaptiveAttack = report.Adaptive.Attack,
            FailUnder = floor,
            Held = floor is null || report.Believe.Value >= floor,
        };
        Print(screen, summary);
        return summary.Held ? ExitCode.Held : ExitCode.Failed;
    }

    private DefenseReport Examine(ParseResult arguments, Screen screen, LoadedModel loaded, InputDefense defense, Batch attacked, CancellationToken cancellation)
    {
        var chosen = attacks.Create(arguments).Select(a => a.Attack).ToArray();
        var worst = chosen.Length == 1 ? chosen[0] : new WorstOf<Victims.IDifferentiable>(chosen);
        var batches = (attacked.Count + Harness.BatchSize - 1) / Harness.BatchSize * attacks.Turns(arguments) * (defense.Detector is null ? 4 : 5);
        return screen.Track($"attacking {attacked.Count} samples without and with knowledge of the defense", report => DefenseReport.Examine(
            loaded.Victim, defense, attacked, new Threat(balls.Read(arguments, attacked.Inputs)), worst, defenses.Draws(arguments),
            new Run { Seed = arguments.GetValue(seed), Progress = new AttackView(report, batches) }, cancellation));
    }

    /// <summary>What is attacked, and what a detector learns from: never the same samples.</summary>
    private static (Batch Attacked, Batch Clean) Parts(Batch whole, bool detects, long? limit)
    {
        var first = detects ? whole.Count / 2 : whole.Count;
        if (first < 1) throw new ArgumentException($"Expected at least 2 samples to calibrate on one half and attack the other, got {whole.Count}.");
        return (whole.Slice(0, Math.Min(limit ?? first, first)), whole.Slice(first, whole.Count - first));
    }

    private static void Print(Screen screen, DefenseSummary summary)
    {
        screen.Json(summary, json => json.DefenseSummary);
        screen.Line($"{summary.Defense}; {summary.Threat}, on {summary.Samples} samples of {summary.Data}, seed {summary.Seed}");
        screen.Line();
        screen.Table(
            ["", "undefended", "defended"],
            [
                ["clean accuracy", $"{summary.CleanUndefended}", $"{summary.CleanDefended}"],
                .. summary.FalsePositives is { } stopped ? new string[][] { ["clean inputs stopped", "–", $"{stopped}"] } : [],
                ["robust, attacker does not know the defense", $"{summary.RobustUndefended}", $"{summary.RobustNaive}"],
                ["robust, attacker knows the defense", $"{summary.RobustUndefended}", $"{summary.RobustAdaptive}"],
            ]);
        screen.Line();
        screen.Line($"Believe {summary.Believe}: whoever attacks in earnest knows the defense.");
        if (summary.FailUnder is { } floor)
            screen.Line($"{(summary.Held ? "Held" : "Failed")}: robust accuracy {summary.Believe.Value:0.000}, threshold {floor:0.000}.");
    }
}
