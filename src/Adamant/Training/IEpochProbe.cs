using Adamant.Models;

namespace Adamant.Training;

/// <summary>Looks at the network after each epoch, and may end the training.</summary>
public interface IEpochProbe
{
    /// <summary>The names of what it measures, the same in every epoch; two probes of one training may not share a name.</summary>
    IReadOnlyList<string> Metrics { get; }

    /// <summary>Measures the network; its training mode and parameters must be left as they are.</summary>
    /// <param name="network">After the epoch.</param>
    /// <param name="history">The epochs before this one, with what this probe measured then.</param>
    /// <param name="cancellation">Stops the probe.</param>
    ProbeVerdict Look(Network network, IReadOnlyList<EpochReport> history, CancellationToken cancellation);
}
