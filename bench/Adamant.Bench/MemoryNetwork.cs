using Adamant.Models;

namespace Adamant.Bench;

/// <summary>One of the networks that take the memory task: 32 numbers per token and per state, no dropout.</summary>
/// <param name="Name">What tables and figures call it.</param>
/// <param name="Create">Makes it for sequences of a length, from the global generator.</param>
internal sealed record MemoryNetwork(string Name, Func<int, Network> Create)
{
    private const int Tokens = 12, Width = 32;

    /// <summary>Those that take the whole study.</summary>
    /// <remarks>
    /// The LSTM's forget gates start open for time constants up to the length: b_f = log(u) with u uniform in [1, T − 1], b_i = −b_f.
    /// Source: Tallec, Ollivier, "Can recurrent neural networks warp time?", ICLR 2018, arXiv:1804.11188, §2.
    /// </remarks>
    public static readonly MemoryNetwork[] All =
    [
        new("RNN", _ => new ElmanText(Tokens, Width, Width, classes: 2, dropout: 0)),
        new("LSTM", length => Lstm(() => ((rand(Width) * Math.Max(1, length - 2)) + 1).log(), input: -1)),
        new("Transformer", length => new TransformerClassifier(Tokens, length, Width, heads: 4, layers: 1, feedForward: 64, classes: 2)),
    ];

    /// <summary>LSTMs that start with other biases, for one length.</summary>
    public static readonly MemoryNetwork[] Variants =
    [
        new("LSTM, forget bias 1", _ => Lstm(() => ones(Width), input: 0)),
        new("LSTM, PyTorch's biases", _ => new SimpleLstm(Tokens, Width, Width, classes: 2, dropout: 0)),
    ];

    /// <summary>An LSTM whose biases are zero but for those of the forget gates and, a multiple of them, of the input gates.</summary>
    private static SimpleLstm Lstm(Func<Tensor> forget, double input)
    {
        var network = new SimpleLstm(Tokens, Width, Width, classes: 2, dropout: 0);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var open = forget();
        network.get_parameter("lstm.bias_hh_l0")!.zero_();
        var bias = network.get_parameter("lstm.bias_ih_l0")!;
        bias.zero_();
        bias.narrow(0, 0, Width).copy_(open * input);
        bias.narrow(0, Width, Width).copy_(open);
        return network;
    }
}
