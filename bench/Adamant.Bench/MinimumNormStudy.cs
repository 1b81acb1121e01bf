using System.Diagnostics;
using System.Globalization;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Serialization;

namespace Adamant.Bench;

/// <summary>How near the nearest adversarial samples are that each attack finds, and what it costs: one model file of Fashion-MNIST, the first 256 test images.</summary>
internal static class MinimumNormStudy
{
    private const int Samples = 256;

    private static readonly (Ball Ball, IMinimumNorm<Victims.IDifferentiable> Attack)[] Cases =
    [
        (new L2(1), new DeepFool()),
        (new L2(1), new CarliniWagner { SearchSteps = 5, Steps = 100, InitialConstant = 0.01 }),
        (new L2(1), new CarliniWagner()),
        (new L2(1), new Ddn()),
        (new L2(1), new Fmn()),
        (new Linf(1), new DeepFool()),
        (new Linf(1), new Fmn()),
        (new L1(1), new DeepFool()),
        (new L1(1), new Fmn()),
        (new L1(1), new Ead()),
        (new L0(1), new Fmn()),
    ];

    /// <param name="output">Receives a table.</param>
    /// <param name="model">The model file.</param>
    /// <param name="attacks">The names to run; all when there are none. Parameters as name:parameter=value.</param>
    public static void Run(TextWriter output, string model, IReadOnlyList<string> attacks)
    {
        using var loaded = ModelFile.Load(model);
        using var dataset = new DatasetCatalog().Open("fashion", new DataFileOptions { Part = DatasetPart.Test });
        using var data = dataset.Read(0, Samples);
        output.WriteLine("| attack | norm | found | lower quartile | median | upper quartile | forwards | with gradient | CPU s |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var (ball, attack) in attacks.Count == 0 ? Cases : Chosen(attacks))
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            using var result = attack.Against(loaded.Victim, data, new Threat(MinimumNorms.Widest(ball, loaded.Victim.Input)));
            var seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            var norms = MinimumNorms.Of(result);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {result.Attack} | {ball.Norm} | {norms.Success} | {norms.LowerQuartile:0.###} | {norms.Median:0.###} | {norms.UpperQuartile:0.###} | {result.Forwards:N0} | {result.Gradients:N0} | {seconds:0.0} |"));
            output.Flush();
        }
    }

    /// <summary>From <c>linf/fmn:steps=50,gamma=0.1</c>.</summary>
    private static IEnumerable<(Ball, IMinimumNorm<Victims.IDifferentiable>)> Chosen(IEnumerable<string> attacks) => attacks.Select(text =>
    {
        var (norm, rest) = (text.Split('/')[0], text.Split('/')[1]);
        var parameters = rest.Split(':').Skip(1).SelectMany(p => p.Split(',')).Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        Ball ball = norm switch { "linf" => new Linf(1), "l1" => new L1(1), "l0" => new L0(1), _ => new L2(1) };
        return (ball, (IMinimumNorm<Victims.IDifferentiable>)AttackCatalog.Create<Victims.IDifferentiable>(rest.Split(':')[0], parameters));
    });
}
