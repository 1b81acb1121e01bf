using Adamant.Models;

namespace Adamant.Training;

/// <summary>Ends a training that no longer improves, and goes back to its best epoch.</summary>
/// <param name="Patience">How many epochs without improvement are borne, at least 1; 5 by default.</param>
/// <param name="Metric">
/// <c>loss</c> (the default), a metric of the validation set (<c>accuracy</c>, <c>f1</c>, <c>auc</c>, <c>rmse</c>, <c>mae</c>, <c>perplexity</c>, <c>bits</c>), or one of a
/// probe. Smaller is better for <c>loss</c>, <c>rmse</c>, <c>mae</c>, <c>perplexity</c> and <c>bits</c>, larger for all others.
/// </param>
/// <param name="MinimumGain">An improvement must exceed this; 0 by default.</param>
public sealed record EarlyStopping(int Patience = 5, string Metric = "loss", double MinimumGain = 0)
{
    /// <summary>The best epoch (from 1); 0 before the first. Where no epoch could be measured, as AUC on a single class, the last one.</summary>
    internal int Best(IReadOnlyList<EpochReport> history)
    {
        var (epoch, best) = (0, double.NegativeInfinity);
        foreach (var report in history)
        {
            if (Value(report) is not { } value) continue;
            var gain = value * (Metric is "loss" or "rmse" or "mae" or "perplexity" or "bits" ? -1 : 1);
            if (gain > best + (epoch == 0 ? 0 : MinimumGain)) (epoch, best) = (report.Epoch, gain);
        }
        return epoch > 0 || history.Count == 0 ? epoch : history[^1].Epoch;
    }

    private double? Value(EpochReport report) =>
        Metric == "loss" ? report.ValidationLoss
        : report.Validation.TryGetValue(Metric, out var value) || report.Probes.TryGetValue(Metric, out value) ? value
        : null;
}
