using System.Diagnostics;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Models;
using TorchSharp.Modules;

namespace Adamant.Bench;

/// <summary>
/// How much of the machine's arithmetic the article's CNN reaches at 3×32×32: each case as a ratio to the sgemm rate measured in the same process.
/// </summary>
/// <remarks>
/// The floating-point operations are those of the layers' matrix products, two per multiplication and addition: forward 35.3 M per image; with the
/// parameters' gradients but not the image's 101.1 M; with the image's gradient only 70.7 M. Cases take turns, and the median counts.
/// </remarks>
internal static class Speed
{
    private const int Batch = 256, Rounds = 15;
    private const double Conv1 = 2.0 * 32 * 32 * 32 * 75, Conv2 = 2.0 * 16 * 16 * 64 * 800, Dense = 2.0 * (4096 * 512 + 512 * 10);
    private const double Forward = Conv1 + Conv2 + Dense;
    private const double Training = 3 * Forward - Conv1;         // the image needs no gradient
    private const double Attack = 2 * Forward;                   // the parameters need none

    public static void Run(TextWriter output)
    {
        manual_seed(0);
        using var network = new SimpleCnn();
        using var optimizer = optim.SGD(network.parameters(), 0.01, momentum: 0.9);
        var images = rand(Batch, 3, 32, 32);
        var labels = randint(0, 10, [Batch], ScalarType.Int64);
        var a = rand(2048, 2048);
        var victim = network.AsVictim();
        var threat = new Threat(new Linf(8.0 / 255));

        (string Name, double Work, double Bar, Action Case)[] cases =
        [
            ("sgemm 2048", 2.0 * 2048 * 2048 * 2048, 1, () => a.mm(a)),
            ("forward", Batch * Forward, 0.85, () => Infer(network, images)),
            ("forward + backward", Batch * Training, 0.75, () => Differentiate(network, images, labels)),
            ("SGD step", Batch * Training, 0, () => Step(network, optimizer, images, labels)),
            ("FGSM", Batch * Attack, 0.70, () => new Fgsm().Perturb(victim, images, labels, threat, new Run(), default)),
        ];
        var times = cases.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds + 3; round++)
        {
            for (var i = 0; i < cases.Length; i++)
            {
                using var scope = NewDisposeScope();
                var clock = Stopwatch.StartNew();
                cases[i].Case();
                if (round >= 3) times[i].Add(clock.Elapsed.TotalSeconds);       // the first rounds warm up
            }
        }

        var rates = cases.Select((c, i) => c.Work / Median(times[i]) / 1e9).ToArray();
        output.WriteLine($"SimpleCnn 3×32×32, batch {Batch}, {get_num_threads()} threads, median of {Rounds}");
        output.WriteLine();
        output.WriteLine("| case | ms | images/s | GFLOP/s | of sgemm | bar |");
        output.WriteLine("|---|---|---|---|---|---|");
        for (var i = 0; i < cases.Length; i++)
        {
            var perSecond = i == 0 ? "" : $"{Batch / Median(times[i]):0}";
            output.WriteLine($"| {cases[i].Name} | {1000 * Median(times[i]):0.0} | {perSecond} | {rates[i]:0} | {rates[i] / rates[0]:0.00} | {cases[i].Bar:0.00} |");
        }
    }

    private static void Infer(SimpleCnn network, Tensor images)
    {
        network.eval();
        using var noGrad = no_grad();
        network.call(images);
    }

    private static void Differentiate(SimpleCnn network, Tensor images, Tensor labels)
    {
        network.train();
        network.zero_grad();
        nn.functional.cross_entropy(network.call(images), labels).backward();
    }

    private static void Step(SimpleCnn network, SGD optimizer, Tensor images, Tensor labels)
    {
        network.train();
        optimizer.zero_grad();
        nn.functional.cross_entropy(network.call(images), labels).backward();
        optimizer.step();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
