using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Bench;

/// <summary>Ends a training whose task is solved: at least 99.5 % of the validation set.</summary>
internal sealed class UntilSolved(IDataset validation) : IEpochProbe
{
    public IReadOnlyList<string> Metrics => ["solved"];

    public ProbeVerdict Look(Network network, IReadOnlyList<EpochReport> history, CancellationToken cancellation)
    {
        var share = Evaluation.Of(network.AsVictim(), validation, cancellation: cancellation).Accuracy!.Value.Value;
        var metrics = new Dictionary<string, double> { ["solved"] = share };
        return share >= 0.995 ? new ProbeVerdict(metrics, history.Count + 1, "Solved.") : new ProbeVerdict(metrics);
    }

    public override string ToString() => nameof(UntilSolved);
}
