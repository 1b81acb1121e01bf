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

/// <summary>What attacks on texts cost an LSTM on rt-polarity, and what adversarial training wins back.</summary>
internal static class TextAttacks
{
    public static void Scratch(TextWriter output, string[] args)
    {
        string Get(string name, string fallback) => args.FirstOrDefault(a => a.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? fallback;
        double Num(string name, double fallback) => double.Parse(Get(name, $"{fallback}"), System.Globalization.CultureInfo.InvariantCulture);
        var folder = Environment.GetEnvironmentVariable("ADAMANT_DATA_DIR")!;
        var rows = Read(Path.Combine(folder, "rt-polarity", "rt-polarity.neg.gz"), 0).Concat(Read(Path.Combine(folder, "rt-polarity", "rt-polarity.pos.gz"), 1)).ToArray();
        var random = new SplitMix(1);
        for (var i = rows.Length - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
        var (train, test) = (rows[1066..], rows[..1066]);
        var encoding = TextEncoding.Fit(train.Select(r => r.Text), new TextEncodingOptions { MinCount = (int)Num("min", 2), MaxLength = 64 });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var vectors = WordVectors.Fit(train.Select(r => r.Text));
        output.WriteLine($"vocabulary {encoding.Vocabulary.Count}, vectors {clock.Elapsed.TotalSeconds:0.0} s");
        foreach (var word in new[] { "good", "movie", "boring", "the", "love" }) output.WriteLine($"{word}: {string.Join(", ", vectors.Nearest(word, 12).Select(w => $"{w} {vectors.Cosine(word, w):0.00}"))}");
        var cosine = Num("cosine", 0.5);
        var near = new TokenNeighbors(encoding, vectors, cosine, (int)Num("near", 20));
        output.WriteLine($"tokens with a neighbor: {near.Table.narrow(1, 0, 1).ne(0).sum(0, 1, keepdim: false).item<long>()}");

        var data = Set(encoding, train);
        foreach (var name in Get("models", "plain").Split(','))
        {
            manual_seed(0);
            using var network = new SimpleLstm(
                encoding.Vocabulary.Count, (int)Num("e", 100), (int)Num("h", 128), 2, 1, Get("bi", "true") == "true", Num("drop", 0.5), Num("indrop", 0.5), Get("mean", "true") == "true");
            IObjective objective = name switch
            {
                "plain" => new PlainObjective(),
                "freelb" => new FreeLb(Num("eps", 0.5)),
                "near" => new SubstitutionTraining(Num("share", 0.15)) { Near = near, Steps = (int)Num("steps", 2), Weight = Num("w", 0.5) },
                _ => new SubstitutionTraining(Num("share", 0.15)) { Steps = (int)Num("steps", 2), Weight = Num("w", 0.5) },
            };
            clock.Restart();
            var result = new Trainer(new TrainingOptions
            {
                Epochs = (int)Num("epochs", 6), BatchSize = 64, Optimizer = new Adam { LearningRate = Num("lr", 1e-3), WeightDecay = Num("decay", 0) }, ValidationFraction = 0.05, GradientClip = 1, Objective = objective,
            }).Fit(network, data, Set(encoding, test));
            output.WriteLine($"{name} {objective}: {clock.Elapsed.TotalSeconds:0} s; " + string.Join(" ", result.History.Select(h => $"{h.TrainLoss:0.000}/{string.Join("/", h.Validation.Values.Select(v => $"{v:0.000}"))}")));
            using var victim = network.AsTextVictim(encoding);
            var some = test[..(int)Num("n", 200)];
            string[] texts = [.. some.Select(r => r.Text)];
            var labels = tensor(some.Select(r => r.Label).ToArray());
            foreach (var attack in Get("attacks", "hotflip,hotflip-near,fooler-near,typos,homoglyphs").Split(','))
            {
                ITextEvasion<ITextDifferentiable> made = attack switch
                {
                    "hotflip" or "hotflip-near" => new HotFlip { Candidates = (int)Num("candidates", 12) },
                    "substitutions" => new HotFlip { Insertions = false, Deletions = false },
                    "fooler-near" => new TextFooler(),
                    "typos" => new Typos(),
                    _ => new Homoglyphs(),
                };
                var edits = attack.EndsWith("near", StringComparison.Ordinal) ? new NearWordEdits(0.15, vectors, cosine) : (Edits)new WordEdits(0.15);
                var r = made.Against(victim, texts, labels, new TextThreat(edits));
                output.WriteLine($"  {attack}: clean {r.CleanAccuracy}, robust {r.RobustAccuracy}, {r.Forwards} forwards, {r.Gradients} gradients, {r.Elapsed.TotalSeconds:0.0} s");
                if (Get("show", "") != "") for (var i = 0; i < 3; i++) output.WriteLine($"    {r.Originals[i]}\n    {r.Adversarials[i]}");
            }
        }
    }

    private static TextDataset Set(TextEncoding encoding, (string Text, long Label)[] rows) => new(
        new DatasetCard { Name = "rt", Input = encoding.Input, Rows = rows.Length, ClassNames = ["neg", "pos"], Encoding = encoding },
        [.. rows.Select(r => r.Text)], tensor(rows.Select(r => r.Label).ToArray()));

    private static IEnumerable<(string Text, long Label)> Read(string path, long label)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) if (line.Trim().Length > 0) yield return (line.Trim(), label);
    }
}
