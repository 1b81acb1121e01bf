using System.Diagnostics;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// The questions of a black-box attack: all go through here, each is charged to its sample, none is asked beyond a sample's budget or after a cancellation.
/// </summary>
/// <param name="labels">The true classes, shape <c>[N]</c>.</param>
/// <param name="threat">Says who has been fooled.</param>
/// <param name="each">The most questions about one sample.</param>
/// <param name="run">Holds the ledger, and hears of the progress.</param>
/// <param name="cancellation">Looked at before each call of the victim.</param>
internal sealed class Questions(Tensor labels, Threat threat, int each, Run run, CancellationToken cancellation)
{
    /// <summary>Inputs per call of the victim: what fits into the cache.</summary>
    public const int AtOnce = 1024;

    private readonly int[] left = [.. Enumerable.Repeat(each, (int)labels.shape[0])];
    private bool reported;

    /// <summary>The fewest questions that are left for any of the samples; <paramref name="rows"/> must not be empty.</summary>
    public int Fewest(Tensor rows) => rows.data<long>().ToArray().Min(row => left[row]);

    /// <summary>The samples among <paramref name="rows"/> about which so many more questions may be asked.</summary>
    public Tensor Affordable(Tensor rows, int more = 1) => tensor(rows.data<long>().ToArray().Where(row => left[row] >= more).ToArray(), ScalarType.Int64);

    /// <summary>What the victim says, one question per row.</summary>
    /// <param name="victim">Whom to ask.</param>
    /// <param name="rows">Whose inputs they are, shape <c>[M]</c>; a sample may come several times.</param>
    /// <param name="inputs">Shape <c>[M, …]</c>.</param>
    public Tensor Predict(IClassifier victim, Tensor rows, Tensor inputs) => Ask(victim.Predict, rows, inputs);

    /// <summary>Whether the attacker has won with each input; parameters as for <see cref="Predict"/>.</summary>
    public Tensor Fooled(IClassifier victim, Tensor rows, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return Won(Predict(victim, rows, inputs), rows).MoveToOuterDisposeScope();
    }

    /// <summary>The margin of each input (above 0 where the attacker has won), and whether the attacker has won; parameters as for <see cref="Predict"/>.</summary>
    public (Tensor Margin, Tensor Fooled) Score(IScoring victim, Tensor rows, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        var logits = Ask(victim.Logits, rows, inputs);
        var margin = Losses.Margin(logits, labels.index_select(0, rows), threat.Target?.index_select(0, rows));
        return (margin.MoveToOuterDisposeScope(), Won(logits.argmax(1), rows).MoveToOuterDisposeScope());
    }

    /// <summary>Tells how much of the budget is spent. The first report of an attack is its step 1.</summary>
    public void Report(double loss)
    {
        var step = reported ? Math.Clamp(each - left.Min(), 2, Math.Max(2, each)) : 1;
        reported = true;
        run.Progress?.Report(new AttackStep(step, Math.Max(step, each), loss));
    }

    private Tensor Won(Tensor predicted, Tensor rows) =>
        (threat with { Target = threat.Target?.index_select(0, rows) }).Stands(predicted, labels.index_select(0, rows)).logical_not();

    private Tensor Ask(Func<Tensor, Tensor> victim, Tensor rows, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var row in rows.data<long>().ToArray())
        {
            if (--left[row] < 0) throw new UnreachableException("An attack asked more than its budget.");
        }
        var answers = new List<Tensor>();
        for (long start = 0; start < inputs.shape[0]; start += AtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(AtOnce, inputs.shape[0] - start);
            using var asked = rows.narrow(0, start, count);
            run.Ledger?.Charge(asked);
            answers.Add(victim(inputs.narrow(0, start, count)));
        }
        return (answers.Count == 1 ? answers[0] : cat(answers)).MoveToOuterDisposeScope();
    }
}
