using System.Text.Json;
using Adamant.Auditing;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Reports.Tests;

/// <summary>Audits as they come out of real runs, with invented numbers and drawn pictures.</summary>
internal static class SampleAudit
{
    private static readonly string[] Clothes =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private static readonly string[] Signs = ["stop", "yield", "no entry", "speed limit 30", "priority road"];

    /// <summary>Two models, undefended and hardened, under FGSM and PGD: ten classes of gray 28×28 images.</summary>
    public static Audit Fashion() => new()
    {
        Title = "SimpleCnn on Fashion-MNIST: undefended and hardened",
        Created = new DateTimeOffset(2026, 11, 24, 9, 30, 0, TimeSpan.Zero),
        Threat = "Linf 0.1",
        Data = Data("fashion-mnist", InputSpec.Image(1, 28, 28), Clothes),
        Reproduction = new Reproduction(
            "adamant demo --data fashion-mnist --epsilon 0.1 --seed 7 --output adamant-demo", 7, "0.1.0", "TorchSharp 0.107.0, libtorch 2.10.0",
            "2 cores, AVX2, 24 GiB, Debian GNU/Linux 12", 97.4),
        Models =
        [
            Model("undefended", InputSpec.Image(1, 28, 28), Clothes, "Plain { LabelSmoothing = 0 }", 461, (83, 6), 0),
            Model("hardened", InputSpec.Image(1, 28, 28), Clothes, "FastAdversarial { Ball = Linf 0.1, StepSize = 0.125 }", 421, (287, 243), 1),
        ],
    };

    /// <summary>One model on color images of 32×32.</summary>
    public static Audit Signals() => Fashion() with
    {
        Title = "A stop sign under attack",
        Threat = "Linf 0.03",
        Data = Data("traffic-signs", InputSpec.Image(3, 32, 32), Signs) with { Sha256 = "", License = "MIT", Source = "drawn by Adamant" },
        Models = [Model("SimpleCnn", InputSpec.Image(3, 32, 32), Signs, "Plain", 489, (122, 31), 0, epsilon: 0.03)],
    };

    /// <summary>One model on rows of numbers: nothing to look at.</summary>
    public static Audit Table()
    {
        var audit = Fashion();
        var input = InputSpec.Features(6);
        var model = Model("Mlp", input, ["honest", "fraud"], "Plain", 470, (391, 350), 0, "L2", 0.5);
        return audit with
        {
            Title = "Card fraud",
            Threat = "L2 0.5",
            Data = Data("card-transactions", input, ["honest", "fraud"]) with { FeatureNames = ["amount", "hour", "country", "merchant", "device", "velocity"] },
            Models = [model],
        };
    }

    /// <summary>A model of any kind; every share is of 500 samples.</summary>
    public static AuditedModel Model(
        string name, InputSpec input, IReadOnlyList<string> classes, string objective, int clean, (int Fgsm, int Pgd) kept, int offset, string norm = "Linf", double epsilon = 0.1) => new()
        {
            Name = name,
            Card = new ModelCard
            {
                Architecture = "SimpleCnn",
                Arguments = new Dictionary<string, JsonElement> { ["classes"] = JsonDocument.Parse($"{classes.Count}").RootElement, ["dropout"] = JsonDocument.Parse("0.5").RootElement },
                Input = input,
                ClassNames = classes,
                Mean = [0.286f],
                Std = [0.353f],
                Provenance = new Provenance
                {
                    Dataset = "fashion-mnist",
                    DatasetSha256 = new string('a', 60) + "0b1c",
                    Objective = objective,
                    Seed = 7,
                    Command = "adamant train --model SimpleCnn --data fashion-mnist --seed 7",
                    AdamantVersion = "0.1.0",
                    Created = new DateTimeOffset(2026, 11, 24, 9, 28, 0, TimeSpan.Zero),
                    Metrics = new Dictionary<string, double> { ["test accuracy"] = clean / 500.0 },
                    History = [.. Enumerable.Range(1, 6).Select(e => Epoch(e, clean / 500.0, kept.Pgd / 500.0))],
                },
            },
            ParameterCount = 1_663_370,
            Sha256 = new string((char)('c' + offset), 61) + "9f2",
            File = $"{name}.safetensors",
            CleanAccuracy = new Proportion(clean, 500),
            WorstCase = new Proportion(kept.Pgd - kept.Pgd / 50, 500),      // FGSM takes a few that PGD does not
            Attacks =
        [
            Finding("fgsm", "Fgsm", clean, kept.Fgsm, classes.Count, 500, 0.9 + offset, epsilon),
            Finding("pgd", "Pgd { Steps = 40, StepSize = 0.01, RandomStart = True, Restarts = 1, Momentum = 0 }", clean, kept.Pgd, classes.Count, 20_000, 31.4 + offset, epsilon),
        ],
            Curves = [Curve("fgsm", clean, kept.Fgsm, norm, epsilon), Curve("pgd", clean, kept.Pgd, norm, epsilon)],
            Examples = [.. Enumerable.Range(0, 6).Select(i => Example(i, input, classes.Count, fooled: offset == 0 || i < 3, (float)epsilon))],
        };

    private static DatasetCard Data(string name, InputSpec input, IReadOnlyList<string> classes) => new()
    {
        Name = name,
        Description = "Photographs of clothes from a shop, 28×28 in gray, ten kinds.",
        Input = input,
        Rows = 10_000,
        ClassNames = classes,
        License = "MIT",
        Source = "Xiao, Rasul, Vollgraf, Fashion-MNIST, arXiv:1708.07747",
        Sha256 = "7e" + new string('5', 62),
    };

    private static EpochReport Epoch(int epoch, double clean, double robust) => new()
    {
        Epoch = epoch,
        TrainLoss = 1.1 / epoch + 0.18,
        ValidationLoss = 0.9 / epoch + 0.25,
        Validation = new Dictionary<string, double> { ["accuracy"] = clean - 0.2 / epoch },
        Probes = new Dictionary<string, double> { ["pgd"] = Math.Max(0, robust - 0.3 / epoch) },
        LearningRate = 0.001,
        SamplesPerSecond = 1_320,
        Seconds = 7.6,
    };

    private static AttackFinding Finding(string name, string parameters, int clean, int kept, int classes, long forwards, double seconds, double epsilon) => new()
    {
        Name = name,
        Parameters = parameters,
        RobustAccuracy = new Proportion(kept, 500),
        Success = new Proportion(clean - kept, clean),
        PerClass = [.. Enumerable.Range(0, classes).Select(c => new Proportion(Math.Min(500 / classes, (kept * (c + 1) + c) / classes / classes * 2), 500 / classes))],
        MaxPerturbation = (float)epsilon,
        Forwards = forwards,
        Gradients = forwards,
        Seconds = seconds,
    };

    private static SecurityCurve Curve(string attack, int clean, int kept, string norm, double epsilon) => new(attack, norm,
    [
        new SecurityPoint(0, new Proportion(clean * 128 / 500, 128)),
        .. new[] { 0.25, 0.5, 1, 1.5 }.Select(at => new SecurityPoint(
            at * epsilon, new Proportion((long)(128 / 500.0 * Math.Max(0, at <= 1 ? clean + (kept - clean) * Math.Sqrt(at) : kept * (2.2 - at) / 1.2)), 128))),
    ]);

    private static AdversarialExample Example(int index, InputSpec input, int classes, bool fooled, float epsilon)
    {
        var count = (int)input.Shape.Aggregate((a, b) => a * b);
        float[] original = [.. Enumerable.Range(0, count).Select(i => Shade(i, index, input.Shape))];
        float[] moved = [.. original.Select((v, i) => Math.Clamp(v + ((i * 2_654_435_761L + index) >> 7) % 2 * 2 * epsilon - epsilon, 0, 1))];
        var label = index % classes;
        return new AdversarialExample
        {
            Index = 17 * index + 3,
            Attack = "pgd",
            Label = label,
            Clean = new Verdict(label, 0.97 - 0.03 * index),
            Adversarial = fooled ? new Verdict((label + 1) % classes, 0.88 - 0.05 * index) : new Verdict(label, 0.61),
            Shape = input.Shape,
            Original = original,
            Moved = moved,
        };
    }

    /// <summary>A ring on a dark ground; in color a red octagon of sorts.</summary>
    private static float Shade(int at, int index, IReadOnlyList<long> shape)
    {
        if (shape.Count < 3) return at / 10f;
        var (height, width) = ((int)shape[1], (int)shape[2]);
        var (channel, y, x) = (at / (height * width), at / width % height - height / 2.0, at % width - width / 2.0);
        var radius = Math.Max(Math.Abs(x) + Math.Abs(y), 1.4 * Math.Max(Math.Abs(x), Math.Abs(y)));
        var inside = radius < 0.55 * width && radius > 2 * index;
        return inside ? (channel == 0 ? 0.85f : 0.12f) : shape[0] == 1 ? 0 : 0.55f;
    }
}
