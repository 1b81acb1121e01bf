using System.CommandLine;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Serialization;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant predict</c>: what a model says of each sample.</summary>
internal sealed class PredictCommand : CliCommand
{
    private const int MicroBatch = 256;
    private readonly Argument<string> model;
    private readonly DataOptions data = new(required: false);
    private readonly Option<string[]> text;
    private readonly Option<string?> lines;
    private readonly Option<long?> limit;

    public PredictCommand() : base("predict", "Print what a model says of each sample, with its confidence.")
    {
        model = With(CommonOptions.Model());
        foreach (var option in data.All) With(option);
        text = With(new Option<string[]>("--text") { Description = "A text to ask about, instead of --data; may be given several times." });
        lines = With(new Option<string?>("--lines") { Description = "A file of texts without labels, one on each line, instead of --data." });
        limit = With(CommonOptions.Limit());
        Examples = ["adamant predict model.safetensors --data fashion-mini --limit 10", "adamant predict model.safetensors --data images/ --json", "adamant predict tickets.safetensors --text \"I was charged twice\""];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        using var loaded = Inputs.Model(arguments.GetRequiredValue(model));
        if (loaded.Network.PredictsTokens) throw new ArgumentException($"{loaded.Card.Architecture} writes texts and has no answer for a sample. Let it write with: adamant generate");
        if (Texts(arguments) is { } texts)
        {
            var answers = TextPredictions.Of(loaded, texts, cancellation);
            screen.Json(answers, json => json.IReadOnlyListPrediction);
            screen.Table(["text", "predicted", "confidence"], answers.Select(p => new[] { Screen.Shorten(p.Text!), p.Class ?? $"{p.Value:0.####}", p.Confidence is { } c ? $"{100 * c:0.0} %" : "" }));
            return ExitCode.Held;
        }
        using var dataset = data.Open(arguments, DatasetPart.Test, loaded);
        using var samples = Inputs.Samples(dataset, loaded, arguments.GetValue(limit));
        var predictions = Predict(loaded, samples, cancellation);

        screen.Json(predictions, json => json.IReadOnlyListPrediction);
        screen.Table(["sample", "predicted", "confidence", "label"],
            predictions.Select(p => new[] { $"{p.Sample}", p.Class ?? $"{p.Value:0.####}", p.Confidence is { } c ? $"{100 * c:0.0} %" : "", p.Label ?? "" }));
        return ExitCode.Held;
    }

    /// <summary>The texts without labels; null where the user names data.</summary>
    private IReadOnlyList<string>? Texts(ParseResult arguments)
    {
        var (given, file) = (arguments.GetValue(text) ?? [], arguments.GetValue(lines));
        if (new[] { given.Length > 0, file is not null, data.IsGiven(arguments) }.Count(g => g) != 1) throw new ArgumentException("Expected one of --data, --text and --lines.");
        return file is not null ? TextFile.ReadLines(file) : given.Length > 0 ? given : null;
    }

    private static List<Prediction> Predict(LoadedModel loaded, Batch samples, CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        var predictions = new List<Prediction>();
        for (long start = 0; start < samples.Count; start += MicroBatch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var part = samples.Slice(start, Math.Min(MicroBatch, samples.Count - start));
            var outputs = loaded.Victim.Logits(part.Inputs);
            var labels = part.Labels.to_type(ScalarType.Float64).data<double>().ToArray();
            if (loaded.Card.Task == LearningTask.Regression)
            {
                var values = outputs.reshape(-1).data<float>().ToArray();
                predictions.AddRange(values.Select((v, i) => new Prediction(start + i, null, null, v, $"{labels[i]:0.####}")));
                continue;
            }
            var (confidence, winner) = outputs.softmax(1).max(1);
            var (shares, classes) = (confidence.data<float>().ToArray(), winner.data<long>().ToArray());
            predictions.AddRange(shares.Select((share, i) =>
                new Prediction(start + i, TextPredictions.NameOf(loaded, classes[i]), share, null, TextPredictions.NameOf(loaded, (long)labels[i]))));
        }
        return predictions;
    }
}
