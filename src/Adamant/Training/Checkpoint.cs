using Adamant.Models;
using TorchSharp.Modules;

namespace Adamant.Training;

/// <summary>The state of a training as one file.</summary>
internal sealed class Checkpoint(
    string path, Network network, OptimizerHelper optimizer, IReadOnlyList<string> names, Snapshots snapshots, SortedDictionary<string, string> description)
{
    public void Save(TrainingState state) => throw new NotImplementedException($"{path}{network}{optimizer}{names}{snapshots}{description}{state}");

    public TrainingState? Load() => throw new NotImplementedException();
}
