using Adamant.Models;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Serialization;

/// <summary>A network from a file, with all that the file says about it.</summary>
public sealed class LoadedModel : IDisposable
{
    internal LoadedModel(Network network, ModelCard card, IDifferentiable victim, string sha256) =>
        (Network, Card, Victim, Sha256) = (network, card, victim, sha256);

    /// <summary>The network in evaluation mode; takes normalized inputs where the card has a normalization.</summary>
    public Network Network { get; }

    /// <summary>What the model is and where it comes from.</summary>
    public ModelCard Card { get; }

    /// <summary>The network as a victim in the units of <see cref="ModelCard.Input"/>: bounds are checked, and it normalizes by itself.</summary>
    public IDifferentiable Victim { get; }

    /// <summary>The network behind its tokenizer; null where the model does not classify texts.</summary>
    public ITextDifferentiable? Text => Card.Encoding is { } encoding && Network is TextNetwork network ? network.AsTextVictim(encoding) : null;

    /// <summary>The network with its tokenizer, as one that writes texts; null where the model does not. Both are the same network, and are disposed of once.</summary>
    public LanguageModel? Language => Card.Encoding is { } encoding && Network is LanguageNetwork network ? new LanguageModel(network, new EncodingTokenizer(encoding)) : null;

    /// <summary>SHA-256 of the file in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        Victim.Dispose();
        Network.Dispose();
    }
}
