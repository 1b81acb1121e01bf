using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;

namespace Adamant.Bench;

/// <summary>One of the three networks that take the memory task, and its data in the form that it reads.</summary>
internal sealed record MemoryNetwork(string Name, bool OneHot, Func<int, Network> Create)
{
    private const int Words = 10, Tokens = 12, Hidden = 32;

    public static readonly MemoryNetwork[] All =
    [
        new("RNN", true, _ => new ElmanRnn(Words, Hidden, 2)),
        new("LSTM", false, Lstm),
        new("Transformer", false, length => new TransformerClassifier(Tokens, length, Hidden, heads: 4, layers: 1, feedForward: 64, classes: 2)),
    ];

    public (IDataset Train, IDataset Test) Data(int length, int rows)
    {
        var set = new Memory { Length = length, TrainRows = rows, TestRows = 1000, OneHot = OneHot };
        return (set.Load(DatasetPart.Train), set.Load(DatasetPart.Test));
    }

    /// <summary>
    /// Forget gates open for time constants up to the length: b_f = log(u) with u uniform in [1, T − 1], b_i = −b_f.
    /// Source: Tallec, Ollivier, "Can recurrent neural networks warp time?", ICLR 2018, arXiv:1804.11188, §2.
    /// </summary>
    private static SimpleLstm Lstm(int length)
    {
        var network = new SimpleLstm(Tokens, Words, Hidden, 2);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var remember = (rand(Hidden) * Math.Max(1, length - 2) + 1).log();
        network.get_parameter("lstm.bias_hh_l0")!.zero_();
        var bias = network.get_parameter("lstm.bias_ih_l0")!.zero_();
        bias.narrow(0, 0, Hidden).copy_(-remember);
        bias.narrow(0, Hidden, Hidden).copy_(remember);
        return network;
    }
}
