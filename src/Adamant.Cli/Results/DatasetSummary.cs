using Adamant.Data;
using Adamant.Datasets;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant data list --json</c> prints of one data set.</summary>
internal sealed record DatasetSummary(string Name, bool Found, string Reason, string HowToGet, DatasetCard Train, DatasetCard Test)
{
    public static DatasetSummary Of(INamedDataset set) => new(
        set.Name, set.Availability.IsAvailable, set.Availability.Reason, set.Availability.HowToGet, set.Card(DatasetPart.Train), set.Card(DatasetPart.Test));
}
