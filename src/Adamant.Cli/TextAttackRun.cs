using System.Text.Json;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Serialization;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Cli;

/// <summary>The part of <c>adamant attack</c> that is about texts.</summary>
internal static class TextAttackRun
{
    private const int Shown = 3;

    /// <summary>Runs the attack.</summary>
    public static TextEvasionResult Run(
        Screen screen, IReadOnlyList<(string Name, ITextEvasion<ITextDifferentiable> Attack)> attacks, ITextDifferentiable victim, TextDataset data, Batch samples, TextThreat threat,
        int seed, int batchSize, long turns, TimeSpan? budget, CancellationToken cancellation)
    {
        var worst = attacks.Count == 1 ? attacks[0].Attack : new WorstOfTexts<ITextDifferentiable>([.. attacks.Select(a => a.Attack)]);
        string[] texts = [.. data.Texts.Take((int)samples.Count)];
        var batches = (samples.Count + batchSize - 1) / batchSize * turns;
        return screen.Track($"attacking {samples.Count} texts", report =>
        {
            var run = new Run { Seed = seed, Progress = new AttackView(report, batches) };
            if (budget is not { } time) return worst.Against(victim, texts, samples.Labels, threat, run, batchSize, cancellation);
            using var box = new TimeBox(time);
            return box.Against(attacks, victim, texts, samples.Labels, threat, run, batchSize, cancellation);
        });
    }

    /// <summary>Writes one JSON object per line: both texts, and what the model says.</summary>
    public static void Write(string path, TextEvasionResult result) => AtomicFile.Write(path, stream =>
    {
        for (var i = 0; i < result.Samples.Count; i++)
        {
            using (var line = new Utf8JsonWriter(stream))
            {
                var sample = result.Samples[i];
                line.WriteStartObject();
                line.WriteString("text", result.Adversarials[i]);
                line.WriteString("original", result.Originals[i]);
                line.WriteNumber("label", sample.Label);
                line.WriteNumber("clean", sample.Clean);
                line.WriteNumber("adversarial", sample.Adversarial);
                line.WriteNumber("edits", (int)sample.Perturbation);
                line.WriteEndObject();
            }
            stream.WriteByte((byte)'\n');
        }
    });

    /// <summary>A few of the texts that fell, with what changed: <c>a [-good-]{+awful+} film</c>.</summary>
    public static IReadOnlyList<string> Examples(TextEvasionResult result) =>
    [
        .. Enumerable.Range(0, result.Samples.Count).Where(i => result.Samples[i] is { IsCorrect: true, IsRobust: false }).Take(Shown).Select(i =>
            string.Concat(WordDiff.Of(result.Originals[i], result.Adversarials[i]).Select(c => c.Kind switch
            {
                WordChangeKind.Deleted => $"[-{Printable(c.Text)}-]",
                WordChangeKind.Inserted => $"{{+{Printable(c.Text)}+}}",
                _ => Printable(c.Text),
            }))),
    ];

    /// <summary>No control characters: a text must not steer the terminal.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
