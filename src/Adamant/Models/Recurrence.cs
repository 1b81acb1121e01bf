using TorchSharp.Modules;

namespace Adamant.Models;

/// <summary>What recurrent networks share: stacks of recurrent layers, their states over sequences of different lengths, and the state that a sequence ends with.</summary>
internal static class Recurrence
{
    /// <summary>A stack of long short-term memory layers.</summary>
    public static LSTM Lstm(int inputs, int hidden, int layers, bool bidirectional, double dropout)
    {
        Reserve(4, inputs, hidden, layers, bidirectional);
        return nn.LSTM(inputs, hidden, layers, batchFirst: true, dropout: layers > 1 ? dropout : 0, bidirectional: bidirectional);
    }

    /// <summary>A stack of Elman's layers with tanh.</summary>
    public static RNN Elman(int inputs, int hidden, int layers, bool bidirectional, double dropout)
    {
        Reserve(1, inputs, hidden, layers, bidirectional);
        return nn.RNN(
            inputs, hidden, layers, nn.NonLinearities.Tanh, batchFirst: true, dropout: layers > 1 ? dropout : 0, bidirectional: bidirectional);
    }

    /// <summary>The states of the last layer, in two directions side by side: the later half has read the sequence from its end.</summary>
    /// <param name="stack">What <see cref="Lstm"/> or <see cref="Elman"/> built.</param>
    /// <param name="inputs">Shape <c>[N, T, E]</c>.</param>
    /// <param name="lengths">Shape <c>[N]</c>: the steps to read of each sequence, from 1 to T; null for all.</param>
    /// <param name="bidirectional">As the stack was built.</param>
    /// <returns>Shape <c>[N, T, directions · hidden]</c>; what stands behind the length means nothing.</returns>
    public static Tensor States(nn.Module stack, Tensor inputs, Tensor? lengths, bool bidirectional)
    {
        using var scope = NewDisposeScope();
        // Only what reads from the end has to know where that is: forwards, packing would cost up to twice the time for the same states.
        if (!bidirectional || lengths is null || lengths.min().item<long>() == inputs.shape[1])
        {
            var states = stack is LSTM whole ? whole.call(inputs, null).Item1 : ((RNN)stack).call(inputs, null).Item1;
            return states.MoveToOuterDisposeScope();
        }
        var packed = nn.utils.rnn.pack_padded_sequence(inputs, lengths, batch_first: true, enforce_sorted: false);
        var run = stack is LSTM lstm ? lstm.call(packed, null).Item1 : ((RNN)stack).call(packed, null).Item1;
        return nn.utils.rnn.pad_packed_sequence(run, batch_first: true, total_length: inputs.shape[1]).Item1.MoveToOuterDisposeScope();
    }

    /// <summary>The state after the whole sequence, of each direction: that of the last step, and backwards that of the first.</summary>
    /// <param name="states">What <see cref="States"/> returned for the same lengths.</param>
    /// <param name="lengths">Shape <c>[N]</c>; null for all steps.</param>
    /// <param name="bidirectional">Whether the later half of a state has read from the end.</param>
    /// <returns>Shape <c>[N, directions · hidden]</c>.</returns>
    public static Tensor Final(Tensor states, Tensor? lengths, bool bidirectional)
    {
        using var scope = NewDisposeScope();
        var (width, size) = (states.shape[2], bidirectional ? states.shape[2] / 2 : states.shape[2]);
        var forwards = states.narrow(2, 0, size);
        var last = lengths is null ? forwards.select(1, -1) : forwards.gather(1, (lengths - 1).reshape(-1, 1, 1).expand(-1, 1, size)).squeeze(1);
        return (bidirectional ? cat([last, states.select(1, 0).narrow(1, size, width - size)], 1) : last).MoveToOuterDisposeScope();
    }

    private static void Reserve(int gates, int inputs, int hidden, int layers, bool bidirectional)
    {
        var directions = bidirectional ? 2 : 1;
        Dimension.Reserve((long)gates * directions * hidden, (long)inputs + hidden);
        Dimension.Reserve((long)gates * directions * hidden * (layers - 1), ((long)directions * hidden) + hidden);
    }
}
