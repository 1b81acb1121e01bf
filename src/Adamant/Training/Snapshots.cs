using Adamant.Models;

namespace Adamant.Training;

/// <summary>The weights of a few epochs, to go back to.</summary>
internal sealed class Snapshots : IDisposable
{
    private readonly SortedDictionary<int, Dictionary<string, Tensor>> epochs = [];

    /// <summary>The weights that are kept, by epoch and name.</summary>
    public IReadOnlyDictionary<int, Dictionary<string, Tensor>> Epochs => epochs;

    /// <summary>Copies the weights of a network as those of an epoch (0 for the initial ones).</summary>
    public void Take(int epoch, Network network)
    {
        using var noGrad = no_grad();
        Add(epoch, network.state_dict().ToDictionary(w => w.Key, w => w.Value.detach().clone()));
    }

    /// <summary>Keeps these weights as those of an epoch, and owns them from now on.</summary>
    public void Add(int epoch, Dictionary<string, Tensor> weights)
    {
        Drop(epoch);
        foreach (var weight in weights.Values) weight.DetachFromDisposeScope();
        epochs.Add(epoch, weights);
    }

    /// <summary>Forgets all epochs but these.</summary>
    public void KeepOnly(IReadOnlySet<int> wanted)
    {
        foreach (var epoch in epochs.Keys.Where(e => !wanted.Contains(e)).ToArray()) Drop(epoch);
    }

    /// <summary>Writes the weights of the latest kept epoch that is not after <paramref name="epoch"/> into the network, or else of the earliest.</summary>
    /// <returns>The epoch whose weights they are.</returns>
    public int Restore(int epoch, Network network)
    {
        var found = epochs.Keys.Any(e => e <= epoch) ? epochs.Keys.Where(e => e <= epoch).Max() : epochs.Keys.Min();
        Copy(epochs[found], network);
        return found;
    }

    /// <summary>Writes weights into the network's own tensors, so that optimizers and references stay valid.</summary>
    public static void Copy(IReadOnlyDictionary<string, Tensor> weights, Network network)
    {
        using var noGrad = no_grad();
        foreach (var (name, own) in network.state_dict()) own.copy_(weights[name]);
    }

    /// <summary>Frees all weights.</summary>
    public void Dispose() => KeepOnly(new HashSet<int>());

    private void Drop(int epoch)
    {
        if (!epochs.Remove(epoch, out var weights)) return;
        foreach (var weight in weights.Values) weight.Dispose();
    }
}
