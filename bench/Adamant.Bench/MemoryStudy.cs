using System.Diagnostics;
using Adamant.Data;
using Adamant.Explaining;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Bench;

/// <summary>Who remembers the first word after 10 to 400 others, and how much of the gradient gets back to it.</summary>
internal static class MemoryStudy
{
    private const int Rows = 4000, Batch = 50, Epochs = 12;

    public static void One(string name, int length, int seed, double rate, TextWriter output)
    {
        var kind = MemoryNetwork.All.Single(n => n.Name == name);
        var (train, test) = kind.Data(length, Rows);
        manual_seed(seed);
        using var network = kind.Create(length);
        var before = Flow(network, test);
        var clock = Stopwatch.StartNew();
        var options = new TrainingOptions { Epochs = Epochs, BatchSize = Batch, Optimizer = new Adam(rate), GradientClip = 1, Seed = seed, Probes = [new UntilSolved(test)] };
        var result = new Trainer(options).Fit(network, train);
        var accuracy = Evaluation.Of(network.AsVictim(), test).Accuracy!.Value;
        var after = Flow(network, test);
        output.WriteLine(FormattableString.Invariant($"{name} {length} seed {seed} rate {rate}: {accuracy} after {result.Epoch} epochs, {clock.Elapsed.TotalSeconds:0} s; arrives {before.Arrives:0.0e0} -> {after.Arrives:0.0e0}; losses {string.Join(' ', result.History.Select(h => h.TrainLoss.ToString("0.000")))}"));
    }

    private static GradientFlow Flow(Network network, IDataset test)
    {
        using var batch = test.Read(0, 50);
        return GradientFlow.Of(network, batch.Inputs, batch.Labels);
    }
}
