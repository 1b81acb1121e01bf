using Adamant.Models;

namespace Adamant.Bench;

/// <summary>One of the three networks that take the memory task.</summary>
internal sealed record MemoryNetwork(string Name, Func<int, Network> Create)
{
    private const int Tokens = 12, Width = 32;

    public static readonly MemoryNetwork[] All =
    [
        new("RNN", _ => new ElmanText(Tokens, Width, Width, classes: 2, dropout: 0)),
        new("LSTM", Lstm),
        new("Transformer", length => new TransformerClassifier(Tokens, length, Width, heads: 4, layers: 1, feedForward: 64, classes: 2)),
    ];

    /// <summary>
    /// Forget gates open for time constants up to the length: b_f = log(u) with u uniform in [1, T − 1], b_i = −b_f.
    /// Source: Tallec, Ollivier, "Can recurrent neural networks warp time?", ICLR 2018, arXiv:1804.11188, §2.
    /// </summary>
    private static SimpleLstm Lstm(int length)
    {
        var network = new SimpleLstm(Tokens, Width, Width, classes: 2, dropout: 0);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var remember = (rand(Width) * Math.Max(1, length - 2) + 1).log();
        network.get_parameter("lstm.bias_hh_l0")!.zero_();
        var bias = network.get_parameter("lstm.bias_ih_l0")!.zero_();
        bias.narrow(0, 0, Width).copy_(-remember);
        bias.narrow(0, Width, Width).copy_(remember);
        return network;
    }
}
