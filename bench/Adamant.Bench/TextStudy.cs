using System.Diagnostics;
using Adamant.Data;
using Adamant.Data.Augmentations;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Bench;

/// <summary>How well networks do on texts from scratch, beside the linear baseline: ten folds of rt-polarity, three seeds elsewhere; all answers of all runs counted together.</summary>
/// <remarks>rt-polarity, banking77 and sms-spam need the user's files (adamant data list says where they are looked for).</remarks>
internal static class TextStudy
{
    /// <summary>Runs the study of one set, or of all.</summary>
    /// <param name="output">Tables as Markdown.</param>
    /// <param name="name">A data set, or all.</param>
    /// <param name="most">The most runs; fewer for a quick look.</param>
    public static void Run(TextWriter output, string name, int most)
    {
        var folder = Environment.GetEnvironmentVariable(DatasetCatalog.FolderVariable);
        (string Name, int Runs, Func<int, TextSet> Set, int Epochs)[] studies =
        [
            ("rt-polarity", 10, fold => new RtPolarity(folder) { Fold = fold }, 4),
            ("banking77", 3, _ => new Banking77(folder), 12),
            ("reviews", 3, _ => new Reviews(), 8),
            ("spam-mail", 3, _ => new SpamMail(), 8),
            ("tickets", 3, _ => new Tickets(), 30),
            ("sms-spam", 3, _ => new SmsSpam(folder), 4),
        ];
        var chosen = studies.Where(s => name == "all" || s.Name == name).ToArray();
        if (chosen.Length == 0) output.WriteLine($"Expected one of {string.Join(", ", studies.Select(s => s.Name))}, got {name}.");
        foreach (var (set, runs, open, epochs) in chosen) Study(output, set, Math.Min(runs, most), open, epochs);
    }

    private static void Study(TextWriter output, string name, int runs, Func<int, TextSet> open, int epochs)
    {
        output.WriteLine();
        output.WriteLine($"| {name}, {runs} runs | accuracy | s per training | parameters |");
        output.WriteLine("|---|---|---|---|");
        Line(output, "TF-IDF and logistic regression", runs, open, (train, test, _) =>
        {
            using var baseline = LinearBaseline.Fit(train);
            return (baseline.Accuracy(test), 0);
        });
        foreach (var (label, create) in Networks)
        {
            Line(output, label, runs, open, (train, test, run) =>
            {
                manual_seed(run);
                using var network = create(train.Card);
                new Trainer(Options(epochs) with { Seed = run }).Fit(network, train);
                return (Evaluation.Of(network.AsVictim(), test).Accuracy!.Value, network.ParameterCount);
            });
        }
    }

    private static readonly (string Name, Func<DatasetCard, TextNetwork> Create)[] Networks =
    [
        ("`SimpleLstm`, both directions, mean", card => new SimpleLstm(
            Vocabulary(card), 100, 64, card.ClassNames.Count, bidirectional: true, dropout: 0.5, inputDropout: 0.4, mean: true, embeddingScale: 0.1)),
        ("`ElmanText`, both directions, mean", card => new ElmanText(
            Vocabulary(card), 100, 64, card.ClassNames.Count, bidirectional: true, dropout: 0.5, inputDropout: 0.4, mean: true, embeddingScale: 0.1)),
        ("`TransformerClassifier`, 1 block", card => new TransformerClassifier(
            Vocabulary(card), card.Encoding!.MaxLength, 64, 4, 1, 128, card.ClassNames.Count, dropout: 0.3, inputDropout: 0.3)),
    ];

    private static TrainingOptions Options(int epochs) => new()
    {
        Epochs = epochs,
        BatchSize = 64,
        Optimizer = new AdamW { LearningRate = 2e-3 },
        Schedule = new WarmUp(new CosineSchedule(), 0.1),
        GradientClip = 1,
        Augmentations = [new WordDropout()],
    };

    private static int Vocabulary(DatasetCard card) => card.Encoding!.Vocabulary.Count;

    private static void Line(TextWriter output, string name, int runs, Func<int, TextSet> open, Func<TextDataset, TextDataset, int, (Proportion Accuracy, long Parameters)> run)
    {
        var (right, all, parameters, seconds) = (0L, 0L, 0L, 0.0);
        for (var i = 0; i < runs; i++)
        {
            using var scope = NewDisposeScope();
            using var train = open(i).Load(DatasetPart.Train, new TextOptions());
            using var test = open(i).Load(DatasetPart.Test, new TextOptions());
            var clock = Stopwatch.StartNew();
            var (accuracy, size) = run(train, test, i);
            seconds += clock.Elapsed.TotalSeconds;
            (right, all, parameters) = (right + accuracy.Successes, all + accuracy.Trials, size);
        }
        output.WriteLine($"| {name} | {new Proportion(right, all)} | {seconds / runs:0} | {(parameters == 0 ? "" : $"{parameters:N0}")} |");
        output.Flush();
    }
}
