using Adamant.Attacks;
using Adamant.Attacks.Corruptions;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Bench;

/// <summary>Attacks that see little: what transfers from one network to another, what questions buy, and what corruption costs.</summary>
internal static class BlackBoxStudy
{
    private const int Learned = 20_000, Transferred = 500, Asked = 64;
    private const double Epsilon = 0.1, Epsilon2 = 1.5;

    /// <summary>Runs a part, <c>transfer</c>, <c>queries</c>, <c>corruptions</c>, or <c>all</c>, on <c>fashion</c> or <c>fashion-mini</c>.</summary>
    public static void Run(TextWriter output, string part, string name)
    {
        INamedDataset set = name == "fashion" ? new Fashion(Environment.GetEnvironmentVariable(DatasetCatalog.FolderVariable)) : new FashionMini();
        using var train = set.Load(DatasetPart.Train).Take(Learned);
        using var test = set.Load(DatasetPart.Test).Take(2000);
        using var images = test.ReadAll();
        var epochs = (int)Math.Max(1, Learned / train.Count);
        manual_seed(0);
        using var strided = Trained(new StridedCnn(), train, epochs);
        output.WriteLine($"{set.Name}: {train.Count:N0} images learned {epochs} times");
        if (part is "all" or "queries") Queries(output, strided.AsVictim(), images.Slice(0, Asked));
        if (part is not ("all" or "transfer" or "corruptions")) return;
        manual_seed(0);
        using var simple = Trained(new SimpleCnn(channels: 1, size: 28), train, epochs);
        if (part is "all" or "transfer") Transfer(output, strided.AsVictim(), simple.AsVictim(), images.Slice(0, Math.Min(Transferred, images.Count)));
        if (part is "all" or "corruptions") Corruptions(output, strided.AsVictim(), simple.AsVictim(), images);
    }

    private static void Transfer(TextWriter output, IDifferentiable surrogate, IDifferentiable victim, Batch data)
    {
        IEvasion<IDifferentiable>[] attacks =
        [
            new Fgsm(), new Pgd { Steps = 10 }, new Pgd(), new MiFgsm(), new NiFgsm(), new NiFgsm { Scales = 5 }, new DiFgsm(), new TiFgsm(), new VmiFgsm(),
            new DiFgsm { Probability = 0.9, Rate = 0.7 },
        ];
        output.WriteLine($"\n| attack, Linf {Epsilon}, {data.Count} images | on StridedCnn itself | on SimpleCnn |\n|---|---|---|");
        using (var clean = new Fgsm().Against(victim, data, new Threat(new Linf(0))))
        using (var ours = new Fgsm().Against(surrogate, data, new Threat(new Linf(0))))
            output.WriteLine($"| none | {ours.CleanAccuracy} | {clean.CleanAccuracy} |");
        foreach (var attack in attacks)
        {
            using var own = attack.Against(surrogate, data, new Threat(new Linf(Epsilon)));
            using var other = attack.Via(surrogate).Against(victim, data, new Threat(new Linf(Epsilon)));
            output.WriteLine($"| `{attack}` | {own.RobustAccuracy} | {other.RobustAccuracy} |");
        }
    }

    private static void Queries(TextWriter output, IDifferentiable victim, Batch data)
    {
        (IEvasion<IDifferentiable> Attack, Ball Ball)[] runs =
        [
            (new Pgd(), new Linf(Epsilon)),
            (new Spsa { Queries = 1000 }, new Linf(Epsilon)), (new Nes { Queries = 1000 }, new Linf(Epsilon)), (new SimBa { Queries = 1000 }, new Linf(Epsilon)),
            (new HopSkipJump { Queries = 1000, StopInside = true }, new Linf(Epsilon)), (new HopSkipJump { StopInside = true }, new Linf(Epsilon)),
            (new Pgd(), new L2(Epsilon2)),
            (new Spsa { Queries = 1000 }, new L2(Epsilon2)), (new Nes { Queries = 1000 }, new L2(Epsilon2)), (new SimBa { Queries = 1000 }, new L2(Epsilon2)),
            (new SimBa { Queries = 1000, Basis = SimBaBasis.Dct }, new L2(Epsilon2)),
            (new HopSkipJump { Queries = 1000, StopInside = true }, new L2(Epsilon2)), (new Boundary { Queries = 1000, StopInside = true }, new L2(Epsilon2)),
            (new Boundary { StopInside = true }, new L2(Epsilon2)),
            (new Jsma(), new L0(10)), (new OnePixel { Pixels = 10 }, new L0(10)), (new OnePixel(), new L0(1)),
            (new Spatial(), new Linf(1)), (new UniversalPerturbation(), new Linf(Epsilon)), (new AdversarialPatch(), new Linf(1)),
        ];
        output.WriteLine($"\n| attack on StridedCnn, {data.Count} images | ball | robust accuracy | median questions of those that fell | questions and passes per image | s |\n|---|---|---|---|---|---|");
        foreach (var (attack, ball) in runs)
        {
            using var result = attack.Against(victim, data, new Threat(ball));
            var asked = result.Samples.Where(s => s is { IsCorrect: true, IsRobust: false, Queries: not null }).Select(s => s.Queries!.Value).Order().ToArray();
            output.WriteLine(
                $"| `{attack}` | {ball} | {result.RobustAccuracy} | {(asked.Length == 0 ? "–" : $"{asked[asked.Length / 2]}")} | {(double)result.Forwards / data.Count:0} | {result.Elapsed.TotalSeconds:0.0} |");
        }

        output.WriteLine("\n| minimum norm, 5,000 questions | median distance of the images that the victim gets right |\n|---|---|");
        foreach (var (attack, ball) in new (IEvasion<IDifferentiable>, Ball)[] { (new HopSkipJump(), new L2(28)), (new Boundary(), new L2(28)), (new HopSkipJump(), new Linf(1)) })
        {
            using var result = attack.Against(victim, data, new Threat(ball));
            var sizes = result.Samples.Where(s => s.IsCorrect).Select(s => s.IsRobust ? double.PositiveInfinity : s.Perturbation).Order().ToArray();
            output.WriteLine($"| `{attack}`, {ball.Norm} | {sizes[sizes.Length / 2]:0.0000} |");
        }
    }

    private static void Corruptions(TextWriter output, IDifferentiable strided, IDifferentiable simple, Batch data)
    {
        var (one, two) = (CorruptionEvaluation.Of(strided, data), CorruptionEvaluation.Of(simple, data));
        output.WriteLine($"\n| accuracy in %, {data.Count} images | StridedCnn 1 | 2 | 3 | 4 | 5 | SimpleCnn 1 | 2 | 3 | 4 | 5 |\n|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var corruption in CorruptionCatalog.All)
        {
            string Row(CorruptionEvaluation e) => string.Join(" | ", e.Scores.Where(s => s.Corruption == corruption.Name).Select(s => $"{100 * s.Accuracy.Value:0.0}"));
            output.WriteLine($"| {corruption} | {Row(one)} | {Row(two)} |");
        }
        output.WriteLine($"\nClean {one.Clean} and {two.Clean}; mean error {100 * one.MeanError:0.0} % and {100 * two.MeanError:0.0} %; mCE of SimpleCnn relative to StridedCnn {100 * two.MeanCorruptionError(one):0.0} %.");
    }

    private static T Trained<T>(T network, IDataset train, int epochs)
        where T : Network
    {
        new Trainer(new TrainingOptions { Epochs = epochs, BatchSize = 128 }).Fit(network, train);
        network.eval();
        return network;
    }
}
