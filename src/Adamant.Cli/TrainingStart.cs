using System.Globalization;
using System.Text.Json;
using Adamant.Data;
using Adamant.Models;

namespace Adamant.Cli;

/// <summary>The network that a training starts from: a new one that fits the data, or the weights of a file.</summary>
internal static class TrainingStart
{
    /// <param name="data">What the network has to fit.</param>
    /// <param name="from">A model file to start from; null for random weights.</param>
    /// <param name="architecture">A name of the catalog; null to choose by the data's shape.</param>
    /// <param name="set">Arguments of the architecture, as <c>name=value</c>; the rest follows from the data.</param>
    public static Network Of(DatasetCard data, string? from, string? architecture, IReadOnlyList<string> set)
    {
        if (from is not null)
        {
            if (architecture is not null || set.Count > 0) throw new ArgumentException("Expected --from or --model with --set, got both: a file brings its architecture.");
            var loaded = Inputs.Model(from);
            Inputs.CheckFits(data, loaded);
            if (loaded.Card.Mean is not null) throw new ArgumentException($"{from} normalizes its inputs, and training does not: train it where it was normalized.");
            return loaded.Network;
        }
        var entry = ModelCatalog.Find(architecture ?? (data.Task == LearningTask.NextToken ? "decoder-transformer" : data.Encoding is not null ? "simple-lstm" : data.Input.Shape.Count switch { 3 => "simple-cnn", 2 => "series-lstm", _ => "mlp" }));
        var facts = FromData(data);
        var arguments = new Dictionary<string, JsonElement>();
        foreach (var parameter in entry.Parameters)
        {
            if (facts.TryGetValue(parameter.Name, out var fact) || (parameter.Default is null && Fallbacks.TryGetValue((parameter.Name, parameter.Type), out fact))) arguments[parameter.Name] = Json(fact);
        }
        foreach (var (name, value) in set.Select(pair => CommonOptions.Pair(pair, "--set"))) arguments[name] = Parse(value);
        return entry.Create(arguments);
    }

    /// <summary>Sizes for architectures that have none by themselves: small enough for a laptop.</summary>
    private static readonly Dictionary<(string Name, Type Type), object> Fallbacks = new()
    {
        [("hidden", typeof(int[]))] = new[] { 64, 64 },
        [("hidden", typeof(int))] = 64,
        [("dModel", typeof(int))] = 64,
        [("heads", typeof(int))] = 4,
        [("layers", typeof(int))] = 2,
        [("feedForward", typeof(int))] = 128,
    };

    /// <summary>What the data say about an architecture, by the names that constructors use.</summary>
    private static Dictionary<string, object> FromData(DatasetCard data)
    {
        var outputs = data.Task == LearningTask.Regression ? 1 : data.ClassNames.Count;
        var shape = data.Input.Shape;
        var facts = new Dictionary<string, object> { ["classes"] = outputs, ["outputs"] = outputs, ["inputs"] = shape.Aggregate(1L, (a, b) => a * b) };
        if (shape is [var channels, var height, _]) (facts["channels"], facts["size"]) = (channels, height);
        if (shape is [_, var features]) facts["features"] = features;
        if (data.Encoding is { } encoding) (facts["vocabulary"], facts["maxLength"]) = (encoding.Vocabulary.Count, encoding.MaxLength);
        return facts;
    }

    private static JsonElement Json(object value) => value switch
    {
        int[] several => JsonDocument.Parse($"[{string.Join(",", several)}]").RootElement,
        _ => JsonDocument.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!).RootElement,
    };

    /// <summary>A number, true or false, or numbers with commas between.</summary>
    private static JsonElement Parse(string value)
    {
        try
        {
            return JsonDocument.Parse(value.Contains(',', StringComparison.Ordinal) ? $"[{value}]" : value.ToLowerInvariant()).RootElement;
        }
        catch (JsonException)
        {
            throw new ArgumentException($"Expected a number, true, false, or numbers with commas between, got '{value}'.");
        }
    }
}
