using System.Diagnostics;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Explaining;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Bench;

/// <summary>Who remembers the first word after 10 to 400 others, and how much of the gradient gets back to it.</summary>
/// <remarks>
/// One recipe for all: Adam, gradients clipped to a norm of 1, at most <see cref="Epochs"/> passes over <see cref="Rows"/> sequences, and an end as soon as the
/// test is solved. No curriculum: each network sees one length only.
/// </remarks>
internal static class MemoryStudy
{
    private const int Rows = 2000, Batch = 50, Epochs = 10;
    private const double Rate = 0.003;
    private static readonly int[] Lengths = [10, 20, 50, 100, 200, 400];

    /// <summary>Trains all networks at all lengths, and again with other seeds at <see cref="MemoryFigures.Shown"/>; prints tables and draws figures.</summary>
    public static void Run(string folder, TextWriter output)
    {
        output.WriteLine("| network | length | seed | test accuracy | epochs | arrives before | arrives after | seconds |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        List<MemoryResult> results = [];
        foreach (var length in Lengths)
        {
            foreach (var kind in MemoryNetwork.All)
            {
                foreach (var seed in length == MemoryFigures.Shown ? [0, 1, 2] : new[] { 0 }) Add(Train(kind, length, seed));
            }
        }
        MemoryFigures.Draw(results, folder);
        foreach (var kind in MemoryNetwork.Variants) Add(Train(kind, MemoryFigures.Shown, seed: 0));

        void Add(MemoryResult result)
        {
            results.Add(result);
            output.WriteLine(result);
            output.Flush();
        }
    }

    /// <summary>Trains one network.</summary>
    public static MemoryResult Train(MemoryNetwork kind, int length, int seed)
    {
        var set = new Memory { Length = length, TrainRows = Rows };
        using var train = set.Load(DatasetPart.Train);
        using var test = set.Load(DatasetPart.Test);
        manual_seed(seed);
        using var network = kind.Create(length);
        var before = Flow(network, test);
        var clock = Stopwatch.StartNew();
        var options = new TrainingOptions { Epochs = Epochs, BatchSize = Batch, Optimizer = new Adam(Rate), GradientClip = 1, Seed = seed, Probes = [new UntilSolved(test)] };
        var training = new Trainer(options).Fit(network, train);
        var seconds = clock.Elapsed.TotalSeconds;
        return new MemoryResult(kind.Name, length, seed, UntilSolved.Accuracy(network, test), training.Epoch, before, Flow(network, test), seconds);
    }

    private static GradientFlow Flow(Network network, IDataset test)
    {
        using var batch = test.Read(0, 50);
        return GradientFlow.Of(network, batch.Inputs, batch.Labels);
    }
}
