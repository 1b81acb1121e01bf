namespace Adamant.Models;

/// <summary>
/// What a language network keeps of the tokens that it has read, so that it reads each of them once: keys and values of a Transformer, the state of an LSTM.
/// </summary>
/// <remarks>Belongs to one network and one batch of texts. Memory grows with the length for a Transformer, and does not for an LSTM.</remarks>
public sealed class LanguageMemory : IDisposable
{
    private const int Least = 64;
    private readonly Dictionary<string, Tensor> kept = [];

    /// <summary>How many tokens of each text were read.</summary>
    public long Length { get; internal set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var tensor in kept.Values) tensor.Dispose();
        kept.Clear();
        Length = 0;
    }

    /// <inheritdoc cref="Clear"/>
    public void Dispose() => Clear();

    /// <summary>What was kept under a name; null for nothing.</summary>
    internal Tensor? this[string name] => kept.GetValueOrDefault(name);

    /// <summary>Keeps a tensor in the place of what was there.</summary>
    internal void Keep(string name, Tensor tensor)
    {
        if (kept.Remove(name, out var old)) old.Dispose();
        kept.Add(name, tensor.DetachFromDisposeScope());
    }

    /// <summary>Puts the new positions behind those before, without copying these: the room doubles when it is full.</summary>
    /// <param name="name">Of the kept tensor.</param>
    /// <param name="more">Shape <c>[N, H, T, E]</c>.</param>
    /// <returns>All positions so far, shape <c>[N, H, Length + T, E]</c>: a view.</returns>
    internal Tensor Append(string name, Tensor more)
    {
        var shape = more.shape;
        var length = Length + shape[2];
        var room = this[name];
        if (room is null || room.shape[2] < length)
        {
            var larger = empty([shape[0], shape[1], Math.Max(Least, 2 * length), shape[3]], more.dtype);
            if (room is not null) larger.narrow(2, 0, Length).copy_(room.narrow(2, 0, Length));
            Keep(name, larger);
            room = larger;
        }
        room.narrow(2, Length, shape[2]).copy_(more);
        return room.narrow(2, 0, length);
    }
}
