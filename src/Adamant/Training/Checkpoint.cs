using System.Text.Json;
using System.Text.Json.Serialization;
using Adamant.Models;
using Adamant.Serialization;
using TorchSharp.Modules;

namespace Adamant.Training;

/// <summary>The state of a training as one file: weights, weights of kept epochs, optimizer, progress, and what it is a training of.</summary>
/// <param name="path">The <c>.safetensors</c> file.</param>
/// <param name="network">Whose weights are saved and restored.</param>
/// <param name="optimizer">Whose state is saved and restored.</param>
/// <param name="names">The names of the optimizer's parameters, in its order.</param>
/// <param name="snapshots">The weights to go back to.</param>
/// <param name="description">What the weights depend on, by name; a checkpoint with another description is refused.</param>
internal sealed partial class Checkpoint(
    string path, Network network, OptimizerHelper optimizer, IReadOnlyList<string> names, Snapshots snapshots, SortedDictionary<string, string> description)
{
    private const string Format = "adamant.training.1", Weights = "weights/", Epochs = "epochs/", Optimizer = "optimizer/";

    /// <summary>Replaces the file in one step.</summary>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file is whole.</exception>
    public void Save(TrainingState state)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (name, weight) in network.state_dict()) tensors.Add(Weights + name, weight);
        foreach (var (epoch, weights) in snapshots.Epochs)
        {
            foreach (var (name, weight) in weights) tensors.Add($"{Epochs}{epoch}/{name}", weight);
        }
        foreach (var (name, value) in OptimizerState.Read(optimizer, names)) tensors.Add(Optimizer + name, value);
        SafeTensors.Write(path, tensors, new Dictionary<string, string>
        {
            ["format"] = Format,
            ["training"] = JsonSerializer.Serialize(description, Json.Default.SortedDictionaryStringString),
            ["state"] = JsonSerializer.Serialize(state, Json.Default.TrainingState),
        });
    }

    /// <summary>Restores network, optimizer and snapshots of a training of so many epochs and steps per epoch; null when there is no file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of another training: says what differs.</exception>
    public TrainingState? Load(int epochs, long steps)
    {
        if (!File.Exists(path)) return null;
        using var scope = NewDisposeScope();
        var (tensors, metadata) = SafeTensors.Read(path);
        if (metadata.GetValueOrDefault("format") != Format)
            throw new InvalidDataException($"{path}: expected the checkpoint of a training, got another file. Weights alone cannot be resumed.");
        CheckDescription(Parse(metadata.GetValueOrDefault("training"), Json.Default.SortedDictionaryStringString));
        var state = Parse(metadata.GetValueOrDefault("state"), Json.Default.TrainingState);
        if (!state.CanBe(epochs, steps)) throw Damaged(nameof(TrainingState));

        CheckWeights(Under(tensors, Weights));
        var kept = tensors.Keys.Where(name => name.StartsWith(Epochs, StringComparison.Ordinal)).Select(name => name.Split('/')[1]).Distinct();
        foreach (var epoch in kept)
        {
            var weights = Under(tensors, $"{Epochs}{epoch}/");
            CheckWeights(weights);
            snapshots.Add(int.TryParse(epoch, out var number) ? number : throw Damaged($"epoch {SafeTensorsHeader.Quote(epoch)}"), weights);
        }
        if (snapshots.Epochs.Count == 0) throw Damaged("weights to go back to");
        try
        {
            OptimizerState.Write(optimizer, names, Under(tensors, Optimizer));
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e.Message);
        }
        Snapshots.Copy(Under(tensors, Weights), network);
        return state;
    }

    private void CheckDescription(SortedDictionary<string, string> saved)
    {
        foreach (var (name, value) in description)
        {
            if (saved.GetValueOrDefault(name) is var old && old == value) continue;
            throw new InvalidDataException(
                $"{path} is the checkpoint of another training: {name} was {(old is null ? "unknown" : SafeTensorsHeader.Shorten(old, 500))}, is {value}. Use the same, or start anew with another file.");
        }
    }

    private void CheckWeights(Dictionary<string, Tensor> saved)
    {
        var own = network.state_dict();
        if (own.Count != saved.Count) throw OtherNetwork($"{saved.Count} tensors", $"{own.Count}");
        foreach (var (name, weight) in own)
        {
            if (!saved.TryGetValue(name, out var other)) throw OtherNetwork("no " + name, $"{name} [{string.Join(", ", weight.shape)}]");
            if (!weight.shape.SequenceEqual(other.shape) || weight.dtype != other.dtype)
                throw OtherNetwork($"{name} [{string.Join(", ", other.shape)}]", $"[{string.Join(", ", weight.shape)}]");
        }
    }

    private T Parse<T>(string? json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json ?? "", type) ?? throw Damaged(typeof(T).Name);
        }
        catch (JsonException)
        {
            throw Damaged(typeof(T).Name);
        }
    }

    private InvalidDataException OtherNetwork(string saved, string own) =>
        new($"{path} is the checkpoint of another network: it has {saved}, this one {own}. Build the network as it was.");

    private InvalidDataException Damaged(string part) => new($"{path} is damaged: its {part} cannot be read. Use an older copy, or start anew.");

    private static Dictionary<string, Tensor> Under(IReadOnlyDictionary<string, Tensor> tensors, string prefix) => tensors
        .Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(t => t.Key[prefix.Length..], t => t.Value);

    [JsonSourceGenerationOptions(
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(TrainingState))]
    [JsonSerializable(typeof(SortedDictionary<string, string>))]
    private sealed partial class Json : JsonSerializerContext;
}
