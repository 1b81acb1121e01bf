using Adamant.Data;

namespace Adamant.Cli;

/// <summary>Notices tables whose columns have so different scales that one ε for all of them says nothing.</summary>
internal static class ScaleCheck
{
    private const double Most = 100;

    /// <summary>What to say about it; null where the scales are alike, or the inputs have a common range.</summary>
    public static string? Remark(Batch samples, DatasetCard card)
    {
        if (double.IsFinite(card.Input.Min) || double.IsFinite(card.Input.Max) || card.FeatureNames.Count < 2 || samples.Inputs.dtype != ScalarType.Float32) return null;
        if (samples.Inputs.shape[^1] != card.FeatureNames.Count || samples.Count < 2) return null;
        using var scope = NewDisposeScope();
        var x = samples.Inputs.reshape(-1, card.FeatureNames.Count);
        var spreads = x.std(0).data<float>().ToArray().Index().Where(s => s.Item > 0).OrderBy(s => s.Item).ToArray();
        if (spreads.Length < 2 || spreads[^1].Item <= Most * spreads[0].Item) return null;
        var (least, widest) = (spreads[0], spreads[^1]);
        return $"The columns have different scales: '{card.FeatureNames[least.Index]}' varies by {least.Item:G3}, '{card.FeatureNames[widest.Index]}' by {widest.Item:G3}. " +
            "One ε is large for the one and nothing for the other: give one for each by --channel-epsilon or --constraints.";
    }
}
