namespace Adamant.Attacks.Evasion;

/// <summary>Attacks that take turns until all samples have fallen or the time is up: what time-boxed runs on tensors and on texts share.</summary>
/// <param name="names">The attacks' short names, in the order of their turn.</param>
/// <param name="box">The time.</param>
/// <param name="batchSize">Samples per turn.</param>
internal sealed class TimedTurns(IReadOnlyList<string> names, TimeBox box, int batchSize)
{
    /// <summary>Each attack on all samples that still stand, then the next attack: so a cheap first attack has seen every sample when the time is up.</summary>
    /// <param name="stands">Which samples stand; kept up to date.</param>
    /// <param name="attack">Runs the attack of that number on the samples of these numbers, and says which of them still stand.</param>
    /// <param name="cancellation">The caller's, which is no reason for a result.</param>
    /// <returns>What was not run.</returns>
    public IReadOnlyList<NotRun> Run(bool[] stands, Func<int, long[], CancellationToken, bool[]> attack, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(box.Token, cancellation);
        var left = new List<NotRun>();
        for (var turn = 0; turn < names.Count; turn++)
        {
            var missed = 0L;
            long[] standing = [.. Enumerable.Range(0, stands.Length).Where(i => stands[i]).Select(i => (long)i)];
            foreach (var rows in standing.Chunk(batchSize))
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    either.Token.ThrowIfCancellationRequested();
                    foreach (var (row, still) in rows.Zip(attack(turn, rows, either.Token))) stands[row] = still;
                }
                catch (OperationCanceledException) when (box.IsUp && !cancellation.IsCancellationRequested)
                {
                    missed += rows.Length;
                }
            }
            if (missed > 0) left.Add(new NotRun(names[turn], missed));
        }
        return left;
    }
}
