using System.Globalization;
using System.Text.Json;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Data;

/// <summary>Samples in a safetensors file: the tensors <c>inputs</c> and <c>labels</c>, and in its metadata what a <see cref="DatasetCard"/> says.</summary>
/// <remarks>The one format that loses nothing: types, range, names of classes and features come back as they were.</remarks>
public static class SafeTensorsData
{
    private const string Inputs = "inputs", Labels = "labels";

    /// <summary>Reads a set; files of others, without our metadata, are described by their shapes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classNames">The classes in the order of their numbers; where the file names its classes, each must be one of these. Null for what the file says.</param>
    /// <exception cref="InvalidDataException">The file is damaged, has no such tensors, or they do not fit together.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static TensorDataset Open(string path, IReadOnlyList<string>? classNames = null)
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = SafeTensors.Read(path);
        var data = RawSamples.ToDataset(new RawSamples(path, Get(Inputs), Get(Labels))
        {
            Card = Describe(path, metadata),
            ClassNames = classNames,
            Sha256 = InputFile.Sha256(path),
        });
        return ClassOrder.Apply(data, classNames, path);

        Tensor Get(string name) => tensors.TryGetValue(name, out var tensor)
            ? tensor
            : throw new InvalidDataException($"{path}: expected a tensor '{name}', got {string.Join(", ", tensors.Keys.Order(StringComparer.Ordinal).Take(10))}.");
    }

    /// <summary>Writes a set whole or not at all.</summary>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    public static void Write(string path, IDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var all = data.ReadAll();
        var card = data.Card;
        SafeTensors.Write(path, new Dictionary<string, Tensor> { [Inputs] = all.Inputs, [Labels] = all.Labels }, new Dictionary<string, string>
        {
            ["name"] = card.Name,
            ["description"] = card.Description,
            ["shape"] = string.Join(",", card.Input.Shape),
            ["type"] = card.Input.Type.ToString(),
            ["min"] = card.Input.Min.ToString("R", CultureInfo.InvariantCulture),
            ["max"] = card.Input.Max.ToString("R", CultureInfo.InvariantCulture),
            ["task"] = card.Task.ToString(),
            ["classes"] = Text(card.ClassNames),
            ["features"] = Text(card.FeatureNames),
            ["ordered"] = card.IsOrdered ? "true" : "false",
            ["license"] = card.License,
            ["source"] = card.Source,
        });
    }

    private static DatasetCard? Describe(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.ContainsKey("shape") || !metadata.ContainsKey("task")) return null;
        try
        {
            long[] shape = [.. metadata["shape"].Split(',').Select(d => long.Parse(d, CultureInfo.InvariantCulture))];
            var (min, max) = (double.Parse(metadata["min"], CultureInfo.InvariantCulture), double.Parse(metadata["max"], CultureInfo.InvariantCulture));
            return new DatasetCard
            {
                Name = metadata["name"],
                Description = metadata["description"],
                Input = metadata["type"] == nameof(ScalarType.Int64) ? InputSpec.Tokens((long)max + 1, shape[0]) : new InputSpec(shape, min, max),
                Rows = 0,
                Task = Enum.Parse<LearningTask>(metadata["task"]),
                ClassNames = JsonSerializer.Deserialize(metadata["classes"], DataJson.Default.StringArray) ?? [],
                FeatureNames = JsonSerializer.Deserialize(metadata["features"], DataJson.Default.StringArray) ?? [],
                IsOrdered = metadata.GetValueOrDefault("ordered") == "true",
                License = metadata["license"],
                Source = metadata["source"],
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or KeyNotFoundException or ArgumentException or JsonException)
        {
            throw new InvalidDataException($"{path}: the metadata do not describe a data set: {e.Message}", e);
        }
    }

    private static string Text(IReadOnlyList<string> names) => JsonSerializer.Serialize([.. names], DataJson.Default.StringArray);
}
