using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Certification;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Bench;

/// <summary>What can be proved of a network trained under noise and of one trained on intervals, and whether any attack contradicts a proof. Prints tables.</summary>
internal static class Certificates
{
    private const int Images = 1000;
    private static readonly Threat Tenth = new(new Linf(0.1));

    public static void Run(TextWriter output, string folder)
    {
        using var test = new Fashion().Load(DatasetPart.Test);
        using var noise = ModelFile.Load(Path.Combine(folder, "noise.safetensors"));
        using var ibp = ModelFile.Load(Path.Combine(folder, "ibp.safetensors"));
        Smoothing(output, noise, test);
        Bounds(output, ibp, test);
        Attacks(output, ibp, test);
    }

    private static void Smoothing(TextWriter output, LoadedModel model, IDataset test)
    {
        output.WriteLine("| n | images | r = 0 | .25 | .5 | .75 | ACR | abstentions | s |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var (draws, images) in new[] { (1000, 200L), (100_000, 50L) })
        {
            using var samples = test.Read(0, images);
            var result = CertificationResult.Of(new RandomizedSmoothing(model.Victim, 0.25) { Draws = draws }, samples, new L2(0.5));
            var shares = new[] { 0, 0.25, 0.5, 0.75 }.Select(r => result.At(r).ToString());
            output.WriteLine($"| {draws:N0} | {images} | {string.Join(" | ", shares)} | {result.AverageRadius:0.0000} | {result.Abstentions} | {result.Elapsed.TotalSeconds:0} |");
        }
    }

    private static void Bounds(TextWriter output, LoadedModel model, IDataset test)
    {
        output.WriteLine("\n| method | images | clean | certified | s |\n|---|---|---|---|---|");
        foreach (var (certificate, images) in new (ICertificate, long)[]
        {
            (new IntervalBounds(model.Network), test.Count), (new IntervalBounds(model.Network), Images),
            (new Crown(model.Network) { IntervalsInside = true }, Images), (new Crown(model.Network), 100),
        })
        {
            using var samples = test.Read(0, images);
            var result = CertificationResult.Of(certificate, samples, Tenth.Ball);
            output.WriteLine($"| {certificate} | {images:N0} | {result.CleanAccuracy} | {result.CertifiedAccuracy} | {result.Elapsed.TotalSeconds:0.0} |");
        }
    }

    /// <summary>Attacks the certified samples too: none may fall.</summary>
    private static void Attacks(TextWriter output, LoadedModel model, IDataset test)
    {
        using var samples = test.Read(0, Images);
        var proved = CertificationResult.Of(new Crown(model.Network) { IntervalsInside = true }, samples, Tenth.Ball);
        output.WriteLine("\n| attack | left of all | certified samples that fell |\n|---|---|---|");
        foreach (var attack in new IEvasion<IDifferentiable>[] { new Fgsm(), new Pgd { Steps = 100 }, new Pgd { Steps = 40, Momentum = 1 }.Repeat(3) })
        {
            using var result = attack.Against(model.Victim, samples, Tenth);
            var fell = result.Samples.Zip(proved.Samples).Count(pair => pair.Second.Holds(Tenth.Ball.Radius) && !pair.First.IsRobust);
            output.WriteLine($"| {attack} | {result.RobustAccuracy} | {fell} of {proved.CertifiedAccuracy.Successes} |");
        }
        var both = Bracket.Of<IDifferentiable>(model.Victim, new Crown(model.Network) { IntervalsInside = true }, new Pgd { Steps = 100 }, samples, Tenth);
        output.WriteLine($"\nBracket: {both.CertifiedAccuracy} certified, {both.AttackedAccuracy} under PGD-100; interval [{100 * both.Interval95.Low:0.0}, {100 * both.Interval95.High:0.0}] %.");
    }
}
