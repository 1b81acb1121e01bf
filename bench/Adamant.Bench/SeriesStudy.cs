using System.Diagnostics;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Bench;

/// <summary>How well recurrent networks do on series, each beside what needs no network: three seeds, mean and 95 % interval over the seeds.</summary>
/// <remarks>C-MAPSS and ECG5000 need the user's files (adamant data list says where they are looked for).</remarks>
internal static class SeriesStudy
{
    private static readonly int[] Seeds = [0, 1, 2];

    /// <summary>Runs the study of one set, or of all.</summary>
    /// <param name="output">Tables as Markdown.</param>
    /// <param name="set">A data set, or all.</param>
    /// <param name="network">Only architectures with this in their name; empty for all.</param>
    public static void Run(TextWriter output, string set, string network)
    {
        set_num_threads(1);                                     // the matrices are small
        architectures = [.. architectures.Where(a => a.Name.Contains(network, StringComparison.OrdinalIgnoreCase))];
        (string Name, Action<TextWriter> Study)[] studies = [("degradation", Degradation), ("cmapss-fd001", Cmapss), ("ecg5000", Ecg5000), ("ecg", Ecg), ("market", Market)];
        var chosen = studies.Where(s => set == "all" || s.Name == set).ToArray();
        if (chosen.Length == 0) output.WriteLine($"Expected one of {string.Join(", ", studies.Select(s => s.Name))}, got {set}.");
        foreach (var (_, study) in chosen) study(output);
    }

    /// <summary>Remaining useful life: C-MAPSS FD001, the official test, true and forecast life capped alike.</summary>
    private static void Cmapss(TextWriter output) => RemainingLife(output, new DatasetCatalog().Find("cmapss-fd001")!, epochs: 8);

    /// <summary>Remaining useful life: simulated pumps.</summary>
    private static void Degradation(TextWriter output) => RemainingLife(output, new Degradation(), epochs: 12);

    /// <summary>The next tenth of a second of an electrocardiogram.</summary>
    private static void Ecg(TextWriter output)
    {
        using var train = new Ecg().Load(DatasetPart.Train);
        using var test = new Ecg().Load(DatasetPart.Test);
        Head(output, "ecg", "RMSE, mV", "MAE, mV", "s");
        Line(output, "last value", Errors(test, x => x.select(1, -1).select(1, 0)));
        Line(output, "ridge regression on the whole window", Errors(test, Ridge.Fit(train, x => x.reshape(x.shape[0], -1))));
        Networks(output, train, test, Options(epochs: 10) with { GradientClip = 1 }, result => [result.Rmse!.Value, result.Mae!.Value]);
    }

    /// <summary>Quiet or volatile: the next day of a simulated share.</summary>
    private static void Market(TextWriter output)
    {
        using var train = new Market().Load(DatasetPart.Train);
        using var test = new Market().Load(DatasetPart.Test);
        var truth = test.ReadAll();
        using var training = train.ReadAll();
        Head(output, "market", "accuracy, %", "AUC", "s");
        var threshold = training.Inputs.select(1, -1).select(1, 0).abs().median();
        var persistence = truth.Inputs.select(1, -1).select(1, 0).abs().gt(threshold).to_type(ScalarType.Int64).eq(truth.Labels);
        Line(output, "as today", [[100 * persistence.to_type(ScalarType.Float64).mean().item<double>()]]);
        Line(output, "ridge regression on mean and last row", [[100 * Ridge.Accuracy(train, test, Summary)]]);
        Networks(output, train, test, Options(epochs: 10), result => [100 * result.Accuracy!.Value.Value, result.Auc!.Value]);
    }

    /// <summary>Heartbeats: five folds, each the test once; the mean over all 500 beats.</summary>
    private static void Ecg5000(TextWriter output)
    {
        Head(output, "ecg5000, 5-fold cross-validation", "accuracy, %", "s");
        var catalog = Environment.GetEnvironmentVariable(DatasetCatalog.FolderVariable);
        (IDataset Train, IDataset Test)[] folds = [.. Enumerable.Range(0, Datasets.Ecg5000.Folds).Select(fold =>
        {
            var set = new Ecg5000(catalog) { Fold = fold };
            return (set.Load(DatasetPart.Train), set.Load(DatasetPart.Test));
        })];
        Line(output, "nearest mean of the classes", [[Percent(folds.Select(f => NearestMean(f.Train, f.Test)))]]);
        Line(output, "ridge regression on all points", [[Percent(folds.Select(f => (long)Math.Round(Ridge.Accuracy(f.Train, f.Test, x => x.reshape(x.shape[0], -1)) * f.Test.Count)))]]);
        foreach (var (name, create) in architectures)
        {
            double[][] runs = [.. Seeds.Select(seed =>
            {
                var clock = Stopwatch.StartNew();
                var right = folds.Select(f => Trained(create, f.Train, f.Test, Options(epochs: 25) with { BatchSize = 64, GradientClip = 1, Seed = seed }).Accuracy!.Value.Successes);
                return new[] { Percent(right), clock.Elapsed.TotalSeconds };
            })];
            Line(output, name, runs);
        }

        static double Percent(IEnumerable<long> right) => right.Sum() / 5.0;
    }

    private static void RemainingLife(TextWriter output, INamedDataset set, int epochs)
    {
        using var train = set.Load(DatasetPart.Train);
        using var test = set.Load(DatasetPart.Test);
        Head(output, set.Name, "RMSE, cycles", "MAE, cycles", "NASA score", "s");
        using var all = train.ReadAll();
        var mean = all.Labels.mean().item<float>();
        Line(output, "mean of the training part", Errors(test, x => full(x.shape[0], mean), score: true));
        Line(output, "ridge regression on mean and last row", Errors(test, Ridge.Fit(train, Summary), score: true));
        foreach (var (name, create) in architectures)
        {
            Line(output, name, [.. Seeds.Select(seed =>
            {
                var clock = Stopwatch.StartNew();
                manual_seed(seed);
                using var network = create(train.Card);
                Fit(network, train, Options(epochs) with { GradientClip = 1, Seed = seed });
                var errors = Errors(test, network.call, score: true)[0];
                Console.Error.WriteLine($"{set.Name}, {network.GetName()}, seed {seed}: rmse {errors[0]:0.00}");
                return (double[])[.. errors, clock.Elapsed.TotalSeconds];
            })]);
        }
    }

    private static void Networks(TextWriter output, IDataset train, IDataset test, TrainingOptions options, Func<Evaluation, double[]> numbers)
    {
        foreach (var (name, create) in architectures)
        {
            Line(output, name, [.. Seeds.Select(seed =>
            {
                var clock = Stopwatch.StartNew();
                return (double[])[.. numbers(Trained(create, train, test, options with { Seed = seed })), clock.Elapsed.TotalSeconds];
            })]);
        }
    }

    private static Evaluation Trained(Func<DatasetCard, SeriesNetwork> create, IDataset train, IDataset test, TrainingOptions options)
    {
        manual_seed(options.Seed);
        using var network = create(train.Card);
        Fit(network, train, options);
        var result = Evaluation.Of(network.AsVictim(), test);
        Console.Error.WriteLine($"{test.Card.Name}, {network.GetName()}, seed {options.Seed}: {string.Join(", ", result.Metrics.Select(m => $"{m.Key} {m.Value:0.0000}"))}");
        return result;
    }

    private static void Fit(SeriesNetwork network, IDataset train, TrainingOptions options)
    {
        network.Standardization = Standardization.Fit(train);
        new Trainer(options).Fit(network, train);
    }

    private static (string Name, Func<DatasetCard, SeriesNetwork> Create)[] architectures =
    [
        ("ElmanRnn, 64 units", card => new ElmanRnn(Width(card), 64, Outputs(card))),
        ("SeriesLstm, 64 units", card => new SeriesLstm(Width(card), 64, Outputs(card), dropout: 0.2)),
        ("SeriesTransformer, 2 blocks of 32", card => new SeriesTransformer(Width(card), Outputs(card), dModel: 32, feedForward: 64, dropout: 0.1)),
    ];

    private static TrainingOptions Options(int epochs) => new() { Epochs = epochs, BatchSize = 256, Optimizer = new Adam { LearningRate = 4e-3 }, Schedule = new CosineSchedule() };

    private static int Width(DatasetCard card) => (int)card.Input.Shape[1];

    private static int Outputs(DatasetCard card) => card.Task == LearningTask.Regression ? 1 : card.ClassNames.Count;

    private static Tensor Summary(Tensor windows) => cat([windows.mean([1L]), windows.select(1, -1)], 1);

    /// <summary>RMSE and MAE, and where asked for NASA's score Σ e^(d/10) − 1 for a life promised d cycles too long, e^(−d/13) − 1 for one too short.</summary>
    private static double[][] Errors(IDataset test, Func<Tensor, Tensor> predict, bool score = false)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var all = test.ReadAll();
        var d = (predict(all.Inputs).reshape(-1) - all.Labels).to_type(ScalarType.Float64);
        double[] errors = [d.square().mean().sqrt().item<double>(), d.abs().mean().item<double>()];
        return [score ? [.. errors, sum(where(d < 0, (-d / 13).exp() - 1, (d / 10).exp() - 1)).item<double>()] : errors];
    }

    private static long NearestMean(IDataset train, IDataset test)
    {
        using var scope = NewDisposeScope();
        var (known, asked) = (train.ReadAll(), test.ReadAll());
        var (x, y) = (known.Inputs.reshape(known.Count, -1), asked.Inputs.reshape(asked.Count, -1));
        var means = stack(Enumerable.Range(0, train.Card.ClassNames.Count).Select(c => x[known.Labels == c].mean([0L])));
        return sum(cdist(y, means).argmin(1).eq(asked.Labels)).item<long>();
    }

    private static void Head(TextWriter output, string name, params string[] columns)
    {
        output.WriteLine();
        output.WriteLine($"| {name} | {string.Join(" | ", columns)} |");
        output.WriteLine($"|---|{string.Concat(columns.Select(_ => "---|"))}");
        output.Flush();
    }

    /// <summary>The mean over the runs, and ± half the 95 % interval of the mean by Student's t where there are three.</summary>
    private static void Line(TextWriter output, string name, double[][] runs)
    {
        const double T = 4.303;                                 // two degrees of freedom
        var cells = Enumerable.Range(0, runs[0].Length).Select(i =>
        {
            var mean = runs.Average(r => r[i]);
            var half = T * Math.Sqrt(runs.Sum(r => (r[i] - mean) * (r[i] - mean)) / Math.Max(1, runs.Length - 1) / runs.Length);
            return runs.Length == Seeds.Length ? $"{mean:0.###} ± {half:0.###}" : $"{mean:0.###}";
        });
        output.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        output.Flush();
    }
}
