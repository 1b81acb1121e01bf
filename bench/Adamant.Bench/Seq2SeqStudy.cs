using System.Diagnostics;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Bench;

/// <summary>The encoder-decoder Transformer on two generated tasks: how many held-out samples it turns exactly into what they should be.</summary>
internal static class Seq2SeqStudy
{
    private static readonly PairSet[] Tasks = [new Dates { TestRows = 500 }, new Reversal { TestRows = 500 }];

    public static void Run(TextWriter output, string task, int epochs)
    {
        output.WriteLine($"Seq2SeqTransformer, 2 + 2 layers of 64, 4 heads, 256 hidden; {epochs} epochs, batch 128, Adam 0.002, warm-up and cosine, label smoothing 0.1; {get_num_threads()} threads");
        output.WriteLine();
        output.WriteLine("| task | trained on | s | exact match, greedy | exact match, beam 4 | example |");
        output.WriteLine("|---|---|---|---|---|---|");
        Run(output, Tasks.Single(t => t.Name == task), epochs);
    }

    private static void Run(TextWriter output, PairSet task, int epochs)
    {
        manual_seed(0);
        using var train = task.Load(DatasetPart.Train);
        using var test = task.Load(DatasetPart.Test);
        using var network = new Seq2SeqTransformer(train.Encoding.Vocabulary.Count, task.SourceLength, task.TargetLength);
        var clock = Stopwatch.StartNew();
        new Trainer(new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = 128,
            Optimizer = new Adam { LearningRate = 0.002 },
            Schedule = new WarmUp(new CosineSchedule(), 0.1),
            LabelSmoothing = 0.1,
            GradientClip = 1,
            Progress = new Log(),
        }).Fit(network, train);
        var seconds = clock.Elapsed.TotalSeconds;

        var (greedy, beam) = (Exact(network, test, 1), Exact(network, test, 4));
        var (source, _) = test.Pairs[0];
        output.WriteLine($"| {task.Name} | {train.Count:N0} | {seconds:0} | {greedy} | {beam} | {source} → {Answer(network, test, 0, 4)} |");
        output.Flush();
    }

    private static Proportion Exact(Seq2SeqTransformer network, TextPairs test, int width) =>
        new(Enumerable.Range(0, (int)test.Count).Count(i => Answer(network, test, i, width) == test.Pairs[i].Target), test.Count);

    private static string Answer(Seq2SeqTransformer network, TextPairs test, int row, int width)
    {
        using var scope = NewDisposeScope();
        var source = test.Read(row, 1).Inputs[0].narrow(0, 0, test.SourceLength);
        return test.Encoding.Decode(network.Translate(source, new BeamSearch { Width = width })[0].Tokens);
    }

    private sealed class Log : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == value.Steps) Console.Error.WriteLine($"epoch {value.Epoch}: loss {value.Loss:0.0000}, accuracy {value.Accuracy:0.0000}");
        }
    }
}
