using System.CommandLine;
using System.Diagnostics;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Auditing;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Reports;
using Adamant.Serialization;
using Adamant.Training;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant demo</c>: the whole story on real images in less than two minutes.</summary>
internal sealed class DemoCommand : CliCommand
{
    private static readonly Linf Ball = new(0.1);
    private readonly Option<string> output;
    private readonly Option<int> seed;

    public DemoCommand() : base("demo", "Train a network on real images, break it, harden it, break that, and write the report: about two minutes on two cores.")
    {
        output = With(new Option<string>("--output", "-o") { Description = "The folder of the report and the models.", DefaultValueFactory = _ => "adamant-demo" });
        seed = With(CommonOptions.Seed());
        Examples = ["adamant demo", "adamant demo --output story --json"];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var folder = arguments.GetRequiredValue(output);
        Inputs.CheckFolder(folder);
        var plan = AuditRun.Plan([("fgsm", new Fgsm()), ("pgd", new Pgd())], Ball, arguments.GetValue(seed)) with { CurveAt = [0.5, 1, 1.5] };
        using var train = new FashionMini().Load(DatasetPart.Train);
        using var test = new FashionMini().Load(DatasetPart.Test);
        screen.Note($"{train.Count:N0} + {test.Count:N0} real images of clothes, 28×28, ten classes. ε = {Ball.Radius}: each pixel may move by a tenth of its range.");

        var audited = new List<AuditedModel>();
        foreach (var (name, objective) in new (string, IObjective)[] { ("undefended", new PlainObjective()), ("hardened", new FgsmRs(Ball)) })
        {
            var file = Path.Combine(folder, $"{name}.safetensors");
            Train(screen, name, file, objective, train, test, plan.Seed, CommandText.Of(arguments), cancellation);
            using var loaded = ModelFile.Load(file);
            using var samples = test.ReadAll();
            audited.Add(AuditRun.Examine(screen, name, file, loaded, samples, plan, cancellation));
        }
        var audit = AuditRun.Assemble("A network, broken and hardened", test.Card, $"{plan.Ball}", plan.Seed, audited, CommandText.Of(arguments), clock.Elapsed);
        HtmlReport.Write(audit, folder);

        screen.Json(AuditJson.ToText(audit));
        screen.Line();
        AuditRun.Print(screen, audit);
        var gain = audited[1].WorstCase.Value - audited[0].WorstCase.Value;
        screen.Line();
        screen.Line($"Under all attacks together the hardened network keeps {100 * gain:0} points more accuracy. {clock.Elapsed.TotalSeconds:0} s in all.");
        screen.Line($"Report: {Path.Combine(folder, HtmlReport.PageName)}");
        return ExitCode.Held;
    }

    private static void Train(
        Screen screen, string name, string file, IObjective objective, IDataset train, IDataset test, int seed, string command, CancellationToken cancellation)
    {
        manual_seed(seed);
        using var network = new SimpleCnn(classes: train.Card.ClassNames.Count, channels: 1, size: 28);
        var options = new TrainingOptions
        {
            Epochs = 12,
            BatchSize = 64,
            Optimizer = new Adam(LearningRate: 0.002),
            Schedule = new CyclicSchedule(),
            Objective = objective,
            Seed = seed,
        };
        var result = screen.Track($"training {name}", report =>
            new Trainer(options with { Progress = new TrainingView(report) }).Fit(network, train, test, cancellation));
        if (result.Ending == TrainingEnding.Canceled) throw new OperationCanceledException();
        ModelFile.Save(file, network, TrainedCard.Of(network, train.Card, options, result, command));
    }
}
