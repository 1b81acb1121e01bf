using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Bench;

/// <summary>Ends a training whose task is solved: at least 99.5 % of the test.</summary>
internal sealed class UntilSolved(IDataset test) : IEpochProbe
{
    private const int MicroBatch = 32;                          // attention over 400 words takes the square of it

    public IReadOnlyList<string> Metrics => ["solved"];

    public ProbeVerdict Look(Network network, IReadOnlyList<EpochReport> history, CancellationToken cancellation)
    {
        var share = Accuracy(network, test).Value;
        var metrics = new Dictionary<string, double> { ["solved"] = share };
        return share >= 0.995 ? new ProbeVerdict(metrics, history.Count + 1, "Solved.") : new ProbeVerdict(metrics);
    }

    public static Proportion Accuracy(Network network, IDataset test) => Evaluation.Of(network.AsVictim(), test, MicroBatch).Accuracy!.Value;

    public override string ToString() => nameof(UntilSolved);
}
