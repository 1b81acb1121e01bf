using System.Diagnostics;
using System.IO.Compression;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Texts;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Bench;

/// <summary>What edits of 15 % of the words cost an LSTM on rt-polarity, and what adversarial training wins back.</summary>
/// <remarks>Needs the folder <c>rt-polarity</c> in ADAMANT_DATA_DIR. Rows i with i mod 10 = 0 of each class are the test, 300 of them are attacked.</remarks>
internal static class TextAttacks
{
    private const double Share = 0.15, MinCosine = 0.5;
    private const int Attacked = 300;

    /// <summary>Trains and attacks the networks of these names: plain, substitutions, near, free-lb; all of them when there is none.</summary>
    public static void Run(TextWriter output, IReadOnlyList<string> names)
    {
        var folder = Environment.GetEnvironmentVariable("ADAMANT_DATA_DIR") ?? throw new InvalidOperationException("Set ADAMANT_DATA_DIR to the folder that holds rt-polarity.");
        (string Text, long Label, int Row)[] rows = [.. Read(folder, "neg", 0), .. Read(folder, "pos", 1)];
        (string Text, long Label, int Row)[] train = [.. rows.Where(r => r.Row % 10 != 0)], test = [.. rows.Where(r => r.Row % 10 == 0)];
        var encoding = TextEncoding.Fit(train.Select(r => r.Text), new TextEncodingOptions { MinCount = 3, MaxLength = 64 });
        var vectors = WordVectors.Fit(train.Select(r => r.Text), new WordVectorOptions { MaxWords = 4000 });
        using var near = new TokenNeighbors(encoding, vectors, MinCosine);
        using var learned = Set(encoding, train);
        using var held = Set(encoding, test);
        (string Text, long Label, int Row)[] some = [.. test.OrderBy(r => r.Row).ThenBy(r => r.Label).Take(Attacked)];
        output.WriteLine($"{train.Length} texts to learn from, {test.Length} held out, vocabulary {encoding.Vocabulary.Count}");

        foreach (var name in names.DefaultIfEmpty("plain,substitutions,near,free-lb").SelectMany(n => n.Split(',')))
        {
            IObjective? objective = name switch
            {
                "plain" => null,
                "substitutions" => new SubstitutionTraining(Share) { Steps = 1 },
                "near" => new SubstitutionTraining(Share) { Steps = 1, Near = near },
                "free-lb" => new FreeLb(0.5),
                _ => throw new ArgumentException($"Expected plain, substitutions, near or free-lb, got '{name}'."),
            };
            manual_seed(0);
            using var network = new SimpleLstm(encoding.Vocabulary.Count, embedding: 50, hidden: 50, dropout: 0.5, inputDropout: 0.5, mean: true, embeddingScale: 0.1);
            var options = new TrainingOptions { Epochs = 3, BatchSize = 64, Optimizer = new Adam { LearningRate = 3e-3 }, GradientClip = 1 };
            Train(output, "plain", network, options, learned, held);
            if (objective is not null)                          // from random weights, attacked texts teach nothing for epochs
                Train(output, $"{objective}", network, options with { Epochs = 5, Optimizer = new Adam(), Schedule = new CosineSchedule(), Objective = objective }, learned, held);
            using var victim = network.AsTextVictim(encoding);
            Attack(output, name, victim, some, vectors);
        }
    }

    private static void Train(TextWriter output, string name, SimpleLstm network, TrainingOptions options, TextDataset learned, TextDataset held)
    {
        var clock = Stopwatch.StartNew();
        var result = new Trainer(options).Fit(network, learned, held);
        output.WriteLine($"| {name} | {clock.Elapsed.TotalSeconds:0} s | {string.Join(" ", result.History.Select(h => $"{h.Validation["accuracy"]:0.000}"))} |");
        output.Flush();
    }

    private static void Attack(TextWriter output, string name, TextVictim victim, (string Text, long Label, int Row)[] some, WordVectors vectors)
    {
        Edits any = new WordEdits(Share), near = new NearWordEdits(Share, vectors, MinCosine);
        (string Name, ITextEvasion<ITextDifferentiable> Attack, Edits Edits)[] attacks =
        [
            ("typos", new Typos(), any), ("homoglyphs", new Homoglyphs(), any), ("text-fooler", new TextFooler(), near), ("hot-flip", new HotFlip(), near),
            ("hot-flip, replacements only", new HotFlip { Insertions = false, Deletions = false }, any), ("hot-flip", new HotFlip(), any),
        ];
        using var labels = tensor(some.Select(r => r.Label).ToArray());
        foreach (var (attackName, attack, edits) in attacks)
        {
            var r = attack.Against(victim, [.. some.Select(s => s.Text)], labels, new TextThreat(edits));
            var asked = $"{(double)r.Forwards / some.Length:0} | {(double)r.Gradients / some.Length:0.0}";
            output.WriteLine($"| {name} | {attackName} | {edits} | {r.CleanAccuracy} | {r.RobustAccuracy} | {asked} | {r.Elapsed.TotalSeconds:0.0} |");
        }
    }

    private static TextDataset Set(TextEncoding encoding, (string Text, long Label, int Row)[] rows) => new(
        new DatasetCard { Name = "rt-polarity", Input = encoding.Input, Rows = rows.Length, ClassNames = ["neg", "pos"], Encoding = encoding },
        [.. rows.Select(r => r.Text)], tensor(rows.Select(r => r.Label).ToArray()));

    private static IEnumerable<(string Text, long Label, int Row)> Read(string folder, string half, long label)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, "rt-polarity", $"rt-polarity.{half}.gz")), CompressionMode.Decompress));
        for (var row = 0; reader.ReadLine() is { } line; row++) yield return (line.Trim(), label, row);
    }
}
