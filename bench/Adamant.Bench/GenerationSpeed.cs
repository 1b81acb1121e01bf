using System.Diagnostics;
using Adamant.Models;
using Adamant.Serialization;
using Adamant.Texts;

namespace Adamant.Bench;

/// <summary>Tokens per second of stories260K with the memory of keys and values, against reading the whole text for each token. Cases take turns, and the median counts.</summary>
internal static class GenerationSpeed
{
    private const int Tokens = 200, Rounds = 9;

    public static void Run(TextWriter output, string folder)
    {
        set_num_threads(1);                                     // the network is too small for two
        using var model = Llama2c.Open(Path.Combine(folder, "stories260K.bin"), Path.Combine(folder, "tok512.bin"));
        bool[] caches = [true, false];
        var times = caches.ToDictionary(c => c, _ => new List<double>());
        var texts = new HashSet<string>();
        for (var round = 0; round < Rounds + 1; round++)
        {
            foreach (var cache in caches)
            {
                var clock = Stopwatch.StartNew();
                var written = new Generation { Tokens = Tokens, Temperature = 0, Cache = cache }.Continue(model.Network, [ScoredTokenizer.Begin]).ToList();
                if (round > 0) times[cache].Add(clock.Elapsed.TotalSeconds);        // the first round warms up
                texts.Add(string.Concat(model.Tokenizer.Decode(written, ScoredTokenizer.Begin)));
            }
        }

        var (with, without) = (Median(times[true]), Median(times[false]));
        output.WriteLine($"stories260K, {Tokens} greedy tokens after the begin, 1 thread, median of {Rounds}");
        output.WriteLine();
        output.WriteLine("| | s | tokens/s |");
        output.WriteLine("|---|---|---|");
        output.WriteLine($"| each token read once | {with:0.000} | {Tokens / with:0} |");
        output.WriteLine($"| the whole text for each token | {without:0.000} | {Tokens / without:0} |");
        output.WriteLine($"| ratio | | {without / with:0.0} |");
        output.WriteLine();
        output.WriteLine(texts.Count == 1 ? $"Both write the same: \"{texts.Single()[..60]}…\"" : "They write different texts!");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
