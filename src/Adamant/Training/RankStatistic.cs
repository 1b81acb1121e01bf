namespace Adamant.Training;

/// <summary>The area under the ROC curve by ranks.</summary>
internal static class RankStatistic
{
    /// <summary>
    /// The probability that a positive scores above a negative, ties counting half.
    /// <code>AUC = (Σ ranks of positives − P(P + 1)/2) / (P · N), tied scores sharing their mean rank</code>
    /// </summary>
    /// <remarks>Source: Hanley, McNeil, "The Meaning and Use of the Area under a ROC Curve", Radiology 143 (1982).</remarks>
    /// <returns>From 0 to 1; null without positives or without negatives.</returns>
    public static double? Auc(double[] scores, Func<int, bool> isPositive)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        var sorted = scores.ToArray();
        Array.Sort(sorted, order);

        long positives = 0;
        var ranks = 0.0;
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from]) to++;
            var meanRank = (from + 1 + to) / 2.0;               // of ranks from + 1 … to
            for (; from < to; from++)
            {
                if (!isPositive(order[from])) continue;
                positives++;
                ranks += meanRank;
            }
        }
        var negatives = sorted.Length - positives;
        return positives == 0 || negatives == 0 ? null : (ranks - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
