namespace Adamant.Models;

/// <summary>
/// Looks for the likeliest sequence by keeping several beginnings at once, instead of the best next token alone.
/// <code>score(y) = log p(y) / ((5 + |y|) / 6)^α</code>
/// </summary>
/// <remarks>
/// Of width 1 it is greedy. Wider beams find likelier sequences, which need not be better ones, and cost time with the width. The length |y| counts the end.
/// Source: length penalty and pruning: Wu et al., "Google's neural machine translation system", arXiv:1609.08144, §7.
/// </remarks>
public sealed record BeamSearch
{
    /// <summary>How many beginnings are kept, from 1 to 1024; 4 by default.</summary>
    public int Width { get; init; } = 4;

    /// <summary>α, at least 0: how much longer sequences are preferred; 0.6 by default, 0 ranks by probability alone.</summary>
    public double LengthPenalty { get; init; } = 0.6;

    /// <summary>Searches.</summary>
    /// <param name="next">Maps sequences <c>[B, T]</c>, <c>Int64</c>, to the logits <c>[B, V]</c> of their next tokens.</param>
    /// <param name="begin">The token that begins every sequence.</param>
    /// <param name="end">The token that ends a sequence.</param>
    /// <param name="longest">The most tokens of a sequence, the end included and the begin not, at least 1.</param>
    /// <param name="cancellation">Ends it between two tokens.</param>
    /// <returns>At most <see cref="Width"/> sequences, the best first; those that ended come before those that were cut off.</returns>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public IReadOnlyList<Hypothesis> Run(Func<Tensor, Tensor> next, int begin, int end, int longest, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1);
        if (Width is < 1 or > 1024) throw new ArgumentException($"Expected a Width from 1 to 1024, got {Width}.");
        if (!(LengthPenalty >= 0 && double.IsFinite(LengthPenalty))) throw new ArgumentException($"Expected a LengthPenalty of at least 0, got {LengthPenalty}.");
        List<Hypothesis> live = [new([], 0, 0, false)], finished = [];
        for (var length = 1; length <= longest && live.Count > 0 && finished.Count < Width; length++)
        {
            cancellation.ThrowIfCancellationRequested();
            var ranked = Extend(live, next, begin);
            live = [];
            for (var rank = 0; rank < ranked.Count && live.Count < Width; rank++)
            {
                var (parent, token, log) = ranked[rank];
                var score = log / Math.Pow((5 + length) / 6.0, LengthPenalty);
                if (token != end) live.Add(new Hypothesis([.. parent.Tokens, token], log, score, false));
                else if (rank < Width) finished.Add(new Hypothesis(parent.Tokens, log, score, true));
            }
        }
        return [.. finished.OrderByDescending(h => h.Score).Concat(live.OrderByDescending(h => h.Score)).Take(Width)];
    }

    /// <summary>The likeliest next tokens of all beginnings together, twice as many as are kept: half of them may be ends.</summary>
    private List<(Hypothesis Parent, int Token, double Log)> Extend(List<Hypothesis> live, Func<Tensor, Tensor> next, int begin)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var length = live[0].Tokens.Count + 1;
        var written = tensor([.. live.SelectMany(h => h.Tokens.Prepend(begin)).Select(t => (long)t)], [live.Count, length]);
        var logs = next(written).to_type(ScalarType.Float64).log_softmax(1) + tensor([.. live.Select(h => h.LogProbability)]).unsqueeze(1);
        var vocabulary = (int)logs.shape[1];
        var (values, places) = logs.flatten().topk((int)Math.Min(2L * Width, logs.numel()), 0);
        var (best, at) = (values.data<double>().ToArray(), places.data<long>().ToArray());
        return [.. best.Select((log, i) => (live[(int)(at[i] / vocabulary)], (int)(at[i] % vocabulary), log)).Where(c => !double.IsNegativeInfinity(c.log))];
    }
}
