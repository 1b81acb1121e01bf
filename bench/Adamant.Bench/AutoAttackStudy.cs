using System.Diagnostics;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Bench;

/// <summary>Our side of the comparison with the reference AutoAttack: one model file, the first Fashion-MNIST test images, ε = 0.1 in Linf.</summary>
internal static class AutoAttackStudy
{
    private static readonly Dictionary<string, (IEvasion<IDifferentiable> Attack, int Count)> Cases = new()
    {
        ["apgd-ce"] = (new Apgd(), 256),
        ["apgd-dlr"] = (new Apgd { Loss = ApgdLoss.Dlr }, 256),
        ["apgd-t"] = (new ApgdTargeted(), 128),
        ["fab-t"] = (new Fab { StopInside = true }, 128),
        ["square-1000"] = (new Square { Queries = 1000 }, 256),
        ["standard"] = (new AutoAttack(), 128),
    };

    public static void Run(TextWriter output, string model, IReadOnlyList<string> names)
    {
        using var loaded = ModelFile.Load(model);
        using var data = new Fashion().Load(DatasetPart.Test);
        Execute(loaded.Victim, data.Read(0, 8), new Fgsm(), out _);         // warms up
        output.WriteLine($"{get_num_threads()} threads, model {loaded.Sha256[..12]}");
        output.WriteLine();
        output.WriteLine("| attack | images | clean | robust | CPU s | wall s | calls | forwards | gradients | warnings |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var name in names.Count == 0 ? [.. Cases.Keys] : names)
        {
            using var scope = NewDisposeScope();
            var (attack, count) = Cases[name];
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            using var result = Execute(loaded.Victim, data.Read(0, count), attack, out var calls);
            var spent = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            output.WriteLine(
                $"| {name} | {count} | {result.CleanAccuracy.Value:0.0000} | {result.RobustAccuracy.Value:0.0000} | {spent.TotalSeconds:0.00} | {result.Elapsed.TotalSeconds:0.00} " +
                $"| {calls:N0} | {result.Forwards:N0} | {result.Gradients:N0} | {string.Join(", ", result.Warnings.Select(w => w.Code))} |");
        }
    }

    private static EvasionResult Execute(IDifferentiable victim, Batch data, IEvasion<IDifferentiable> attack, out long calls)
    {
        var meter = new Meter();
        var result = attack.Against(victim.Metered(meter), data, new Threat(new Linf(0.1)), batchSize: (int)data.Count);
        calls = meter.Calls - 3;                                            // the harness's own
        return result;
    }
}
