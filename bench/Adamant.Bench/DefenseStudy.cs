using System.Diagnostics;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Defenses.Inputs;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Bench;

/// <summary>What adversarial trainings, sanitizers and detectors are worth on Fashion-MNIST, Linf 0.1, a StridedCnn.</summary>
internal static class DefenseStudy
{
    private const int Learned = 6000, Attacked = 512;
    private static readonly Linf Ball = new(0.1);

    /// <summary>Measures the trainings (<c>training</c>), the <c>sanitizers</c>, the <c>detectors</c>, or <c>all</c>.</summary>
    /// <param name="output">Receives the tables.</param>
    /// <param name="which">See above.</param>
    /// <param name="epochs">Of each training.</param>
    /// <param name="only">A part of the trainings' names; empty for all.</param>
    public static void Run(TextWriter output, string which, int epochs, string only)
    {
        using var train = new Fashion(Environment.GetEnvironmentVariable(DatasetCatalog.FolderVariable)).Load(DatasetPart.Train).Take(Learned);
        using var test = new Fashion(Environment.GetEnvironmentVariable(DatasetCatalog.FolderVariable)).Load(DatasetPart.Test);
        if (which is "all" or "training") Trainings(output, train, test, epochs, only);
        if (which is "all" or "sanitizers" or "detectors") Inputs(output, train, test, epochs, which);
    }

    private static void Trainings(TextWriter output, IDataset train, IDataset test, int epochs, string only)
    {
        (string Name, IObjective Objective, int Epochs)[] methods =
        [
            ("plain", new PlainObjective(), epochs),
            ("clean + FGSM", new CleanPlusFgsm(Ball), epochs),
            ("FGSM-RS", new FgsmRs(Ball), epochs),
            ("N-FGSM", new NFgsm(Ball), epochs),
            ("free, m = 4", new FreeAdversarialTraining(Ball) { Replays = 4 }, Math.Max(1, epochs / 4 * 2)),
            ("PGD-7", new PgdTraining(Ball), epochs),
            ("PGD-7 + AWP 0.01", new Awp(new PgdTraining(Ball)), epochs),
            ("TRADES, β = 1", new Trades(Ball) { Beta = 1 }, epochs),
            ("TRADES, β = 6", new Trades(Ball), epochs),
            ("TRADES, β = 6 + AWP 0.005", new Awp(new Trades(Ball)) { Gamma = 0.005 }, epochs),
            ("MART, β = 5", new Mart(Ball), epochs),
        ];
        using var samples = test.Read(0, Attacked);
        output.WriteLine("| training | epochs | clean | FGSM | PGD-40 | CPU s |\n|---|---|---|---|---|---|");
        foreach (var (name, objective, count) in methods.Where(m => m.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var (network, seconds) = Train(objective, train, count);
            using (network)
            {
                IDifferentiable victim = network.AsVictim();
                using var fgsm = new Fgsm().Against(victim, samples, new Threat(Ball));
                using var pgd = new Pgd().Against(victim, samples, new Threat(Ball));
                output.WriteLine($"| {name} | {count} | {pgd.CleanAccuracy} | {fgsm.RobustAccuracy} | {pgd.RobustAccuracy} | {seconds:0} |");
                output.Flush();
            }
        }
    }

    private static void Inputs(TextWriter output, IDataset train, IDataset test, int epochs, string which)
    {
        var (plain, _) = Train(new PlainObjective(), train, epochs);
        using (plain)
        {
            IDifferentiable victim = plain.AsVictim();
            using var samples = test.Read(0, Attacked / 2);
            using var clean = test.Read(5000, 2000);
            using var alone = new Pgd().Against(victim, samples, new Threat(Ball));
            output.WriteLine($"\nThe model alone: clean {alone.CleanAccuracy}, PGD-40 {alone.RobustAccuracy}.\n");
            output.WriteLine("| defense | clean | stopped | does not know | knows | CPU s |\n|---|---|---|---|---|---|");
            foreach (var entry in which == "detectors" ? [] : DefenseCatalog.Sanitizers)
                Row(output, victim, new InputDefense { Sanitizers = [DefenseCatalog.Sanitizer(entry.Name)] }, samples);
            foreach (var entry in which == "sanitizers" ? [] : DefenseCatalog.Detectors)
            {
                using var calibrated = Calibrated.Of(DefenseCatalog.Detector(entry.Name), victim, clean);
                Row(output, victim, new InputDefense { Detector = calibrated }, samples);
            }
        }
    }

    private static void Row(TextWriter output, IDifferentiable victim, InputDefense defense, Batch samples)
    {
        var clock = Process.GetCurrentProcess().TotalProcessorTime;
        var report = DefenseReport.Examine(victim, defense, samples, new Threat(Ball));
        var seconds = (Process.GetCurrentProcess().TotalProcessorTime - clock).TotalSeconds;
        output.WriteLine(
            $"| {report.Defense} | {report.Adaptive.CleanAccuracy} | {report.FalsePositives?.ToString() ?? "–"} " +
            $"| {report.Naive.RobustAccuracy} | {report.Adaptive.RobustAccuracy} | {seconds:0} |");
        output.Flush();
    }

    private static (StridedCnn Network, double Seconds) Train(IObjective objective, IDataset train, int epochs)
    {
        manual_seed(0);
        var network = new StridedCnn();
        var clock = Process.GetCurrentProcess().TotalProcessorTime;
        new Trainer(new TrainingOptions
        {
            Epochs = epochs,
            Objective = objective,
            ValidationFraction = 0,
            Optimizer = new Adam(2e-3),
            Schedule = new CosineSchedule(),
        }).Fit(network, train);
        return (network, (Process.GetCurrentProcess().TotalProcessorTime - clock).TotalSeconds);
    }
}
