using Adamant.Engine;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant doctor --json</c> prints.</summary>
internal sealed record DoctorSummary(string Version, EngineInfo Engine, IReadOnlyList<DoctorSummary.DatasetState> DataSets)
{
    /// <summary>Whether a named data set is found here, and how to get it where it is not.</summary>
    internal sealed record DatasetState(string Name, bool Found, string? Reason);
}
