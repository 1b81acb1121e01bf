namespace Adamant.Attacks.Evasion;

/// <summary>What is wanted of each text: away from its class, or to its target; and how near the attacker is.</summary>
internal sealed class TextGoals
{
    private readonly long[] classes;
    private readonly bool targeted;

    public TextGoals(Tensor labels, TextThreat threat) => (classes, targeted) = ((threat.Target ?? labels).data<long>().ToArray(), threat.Target is not null);

    /// <summary>+1 to climb the loss of <see cref="Classes"/>, −1 to descend it.</summary>
    public int Direction => targeted ? -1 : 1;

    /// <summary>The truths or the targets of some texts, shape <c>[n]</c>.</summary>
    public Tensor Classes(IEnumerable<int> rows) => tensor(rows.Select(row => classes[row]).ToArray());

    /// <summary>The margin by which the attacker has what is wanted: above 0 exactly where the victim's prediction is a success.</summary>
    /// <param name="logits">Shape <c>[n, classes]</c>.</param>
    /// <param name="rows">The number of the text that each row of logits is about.</param>
    public float[] Margins(Tensor logits, IReadOnlyList<int> rows)
    {
        using var scope = NewDisposeScope();
        var own = Classes(rows).unsqueeze(1);
        var value = logits.gather(1, own);
        var others = logits.scatter(1, own, full_like(value, float.NegativeInfinity)).amax([1], keepdim: true);
        return ((others - value) * Direction).nan_to_num(float.MinValue, float.MaxValue, float.MinValue).data<float>().ToArray();
    }
}
