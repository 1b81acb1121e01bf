using System.Security.Cryptography;
using System.Text.Json;
using Adamant.Data;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Serialization;

/// <summary>A network with its card in one safetensors file: PyTorch's names and values, and JSON in <c>__metadata__</c>. Nothing in it can run.</summary>
/// <remarks>
/// Keys: <c>format</c> = <c>pt</c> (as PyTorch's own files), <c>adamant.format</c> = <c>1</c>, <c>adamant.card</c> = the <see cref="ModelCard"/>. A file from a stranger cannot
/// make <see cref="Load"/> build a network with more weights than the file holds.
/// </remarks>
public static class ModelFile
{
    private const string FormatKey = "adamant.format", Format = "1", CardKey = "adamant.card";

    /// <summary>Writes a network; the same network and card give the same bytes. Replaces the file whole or not at all.</summary>
    /// <param name="path">The file, usually <c>.safetensors</c>; its folder must exist.</param>
    /// <param name="network">Whose weights are written.</param>
    /// <param name="card">Its architecture and arguments must be those of <see cref="ModelCatalog.Describe"/>; a series network brings its standardization along.</param>
    /// <returns>SHA-256 of the file in lower-case hexadecimal.</returns>
    /// <exception cref="ArgumentException">The card is of another network, or says of its inputs, classes or normalization what does not fit it.</exception>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static string Save(string path, Network network, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var (architecture, arguments) = ModelCatalog.Describe(network);
        if (card.Architecture != architecture || card.Arguments.Count != arguments.Count
            || arguments.Any(a => !card.Arguments.TryGetValue(a.Key, out var value) || !JsonElement.DeepEquals(value, a.Value)))
        {
            throw new ArgumentException($"Expected the card of this {architecture}, got one of another {card.Architecture}. Take its arguments from ModelCatalog.Describe.", nameof(card));
        }
        var json = ModelCardJson.Write(card with { Arguments = arguments, Standardization = (network as SeriesNetwork)?.Standardization });
        try
        {
            VictimOf(network, ModelCardJson.Read(json)).Dispose();      // what Load would refuse is not written
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw new ArgumentException($"Expected a card that fits the network: {e.Message}", nameof(card), e);
        }
        return SafeTensors.WriteHashed(path, network.state_dict(), new Dictionary<string, string> { ["format"] = "pt", [FormatKey] = Format, [CardKey] = json });
    }

    /// <summary>Reads a network with its card.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <returns>Owned by the caller, whatever dispose scope is open.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, is not a model of Adamant, or its weights do not fit its card: one line that names it.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static LoadedModel Load(string path)
    {
        using var scope = NewDisposeScope();
        using var file = SafeTensors.Open(path);
        var (tensors, metadata) = SafeTensors.Read(path, file);
        Network? network = null;
        try
        {
            var card = ReadCard(metadata);
            network = Dimension.Within(tensors.Values.Sum(t => t.numel()), () => ModelCatalog.Create(card.Architecture, card.Arguments));
            CopyWeights(tensors, network);
            if (card.Standardization is { } units) Series(network).Standardization = units;
            var loaded = new LoadedModel(network, card, VictimOf(network, card), Sha256Of(file));
            network = null;
            return loaded;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        finally
        {
            network?.Dispose();
        }
    }

    private static ModelCard ReadCard(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(CardKey, out var json) || !metadata.TryGetValue(FormatKey, out var format))
        {
            throw new InvalidDataException(
                "expected a model of Adamant, got a safetensors file without a card. For weights from elsewhere, build the network in code, "
                + "copy the tensors of SafeTensors.Read into it, and write it with ModelFile.Save.");
        }
        if (format != Format) throw new InvalidDataException($"expected format {Format}, got {SafeTensorsHeader.Quote(format)}. Use a newer version of Adamant.");
        try
        {
            return ModelCardJson.Read(json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the card is damaged. Copy or download the file again.", e);
        }
    }

    /// <summary>Copies the tensors of a file into the network of the same names, shapes and types.</summary>
    private static void CopyWeights(IReadOnlyDictionary<string, Tensor> tensors, Network network)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var own = network.state_dict();
        if (tensors.Keys.FirstOrDefault(name => !own.ContainsKey(name)) is { } extra)
            throw OtherWeights(network, $"no tensor {SafeTensorsHeader.Quote(extra)}", "one");
        foreach (var (name, weight) in own)
        {
            if (!tensors.TryGetValue(name, out var saved)) throw OtherWeights(network, $"a tensor '{name}'", "none");
            if (weight.dtype != saved.dtype || !weight.shape.SequenceEqual(saved.shape))
                throw OtherWeights(network, $"'{name}' as {weight.dtype} [{string.Join(", ", weight.shape)}]", $"{saved.dtype} [{string.Join(", ", saved.shape)}]");
            weight.copy_(saved);
        }
        network.eval();
    }

    private static SeriesNetwork Series(Network network) => network as SeriesNetwork
        ?? throw new InvalidDataException($"the card standardizes series, and {network.GetType().Name} takes none. Save the network with its own card.");

    private static InvalidDataException OtherWeights(Network network, string expected, string got) =>
        new($"these are not the weights of the {network.GetType().Name} that the card describes: expected {expected}, got {got}. Save the network with its own card.");

    /// <summary>The network behind its normalization, in the units of the card.</summary>
    private static IDifferentiable VictimOf(Network network, ModelCard card)
    {
        var (spec, own) = (card.Input, network.Input);
        if (spec.Type != own.Type || spec.Shape.Count != own.Shape.Count || spec.Shape.Zip(own.Shape).Any(d => d.First != d.Second && d.Second != -1))
            throw new InvalidDataException($"the card says that inputs are {spec}, the network takes {own}. Save the network with its own input contract.");
        if ((card.Task == LearningTask.NextToken) != network.PredictsTokens)
            throw new InvalidDataException($"the card says {card.Task}, and a {network.GetName()} {(network.PredictsTokens ? "predicts tokens" : "does not predict tokens")}. Save the network with its own task.");
        if (card.Task == LearningTask.Classification && card.ClassNames.Count > 0 && card.ClassNames.Count != network.Outputs)
            throw new InvalidDataException($"the card names {card.ClassNames.Count} classes, the network has {network.Outputs} outputs. Save it with one name per output.");
        CheckEncoding(network, card);
        if (card.Mean is null != card.Std is null) throw new InvalidDataException("the card has a mean without a deviation, or the reverse. Save it with both or none.");
        if (card.Mean is null || card.Std is null) return new ModuleVictim(network, spec);
        if (spec.Type != ScalarType.Float32 || (card.Mean.Count != 1 && card.Mean.Count != spec.Shape[0]))
            throw new InvalidDataException($"the card normalizes {card.Mean.Count} channels of {spec}. Save it with one mean and deviation per channel, or one for all.");
        return new ModuleVictim(network, new InputSpec(spec.Shape)).Normalized(card.Mean, card.Std, (spec.Min, spec.Max));
    }

    /// <summary>A tokenizer must give the tokens that the network knows, and no longer texts than it reads.</summary>
    private static void CheckEncoding(Network network, ModelCard card)
    {
        if (card.Encoding is not { } encoding) return;
        if (network is not IEmbedding text) throw new InvalidDataException($"the card encodes texts, and {network.GetType().Name} does not read tokens. Save it without an encoding.");
        if (text.Table.shape[0] != encoding.Vocabulary.Count)
            throw new InvalidDataException($"the card has a vocabulary of {encoding.Vocabulary.Count} tokens, the network knows {text.Table.shape[0]}. Save it with the encoding that it was trained with.");
        var longest = network switch { TextNetwork n => n.LongestText, LanguageNetwork n => n.MaxLength, _ => int.MaxValue };
        if (encoding.MaxLength > longest)
            throw new InvalidDataException($"the card cuts texts to {encoding.MaxLength} tokens, the network reads at most {longest}. Save it with a smaller MaxLength.");
    }

    /// <summary>Of the open file, not of whatever its name means by now.</summary>
    private static string Sha256Of(FileStream file)
    {
        file.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
