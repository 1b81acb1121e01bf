using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Several attacks on texts, one after another, each on the texts that still stand: per text the first success counts. See <see cref="WorstOf{TVictim}"/>.</summary>
/// <remarks>Each member starts from the original, so that edits do not add up beyond the threat.</remarks>
public sealed record WorstOfTexts<TVictim> : Ensemble<ITextEvasion<TVictim>>, ITextEvasion<TVictim>
    where TVictim : ITextClassifier
{
    /// <summary>Joins attacks into one.</summary>
    /// <param name="attacks">In the order of their turn; cheap ones first. At least one.</param>
    /// <exception cref="ArgumentException">No attack.</exception>
    public WorstOfTexts(params IReadOnlyList<ITextEvasion<TVictim>> attacks) : base(attacks)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Perturb(
        TVictim victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat, Run run, CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        string[] worst = [.. texts];
        int[] standing = [.. Enumerable.Range(0, texts.Count)];
        for (var i = 0; i < Attacks.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            standing = Standing(victim, worst, standing, labels, threat);
            if (standing.Length == 0) break;
            cancellation.ThrowIfCancellationRequested();

            var rows = tensor(standing.Select(row => (long)row).ToArray());
            run.Ledger?.Turn(rows, InvariantText.Of(() => Attacks[i].ToString()!));
            var (originals, part) = (standing.Select(row => texts[row]).ToArray(), threat.Select(rows));
            var moved = Attacks[i].Perturb(victim, [.. originals], labels.index_select(0, rows), part, run.Fork(i).Select(rows), cancellation);
            foreach (var (row, text) in standing.Zip(part.Confine(moved, originals))) worst[row] = text;
        }
        return worst;
    }

    /// <summary>The texts among <paramref name="rows"/> where the attacker does not yet have what is wanted.</summary>
    private static int[] Standing(TVictim victim, string[] texts, int[] rows, Tensor labels, TextThreat threat)
    {
        using var scope = NewDisposeScope();
        var predicted = victim.Predict([.. rows.Select(row => texts[row])]).data<long>().ToArray();
        var classes = (threat.Target ?? labels).data<long>().ToArray();
        return [.. rows.Where((row, i) => threat.Target is null == (predicted[i] == classes[row]))];
    }
}
