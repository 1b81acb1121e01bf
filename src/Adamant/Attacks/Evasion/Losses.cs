namespace Adamant.Attacks.Evasion;

/// <summary>What attacks climb: one number per sample, larger where the attacker is better off.</summary>
internal static class Losses
{
    private const double Tiny = 1e-12;

    /// <summary>The cross-entropy of the truth; below the target's, negated.</summary>
    /// <param name="logits">Shape <c>[N, classes]</c>.</param>
    /// <param name="labels">The true classes, shape <c>[N]</c>.</param>
    /// <param name="target">The wanted classes, shape <c>[N]</c>; null for any wrong one.</param>
    /// <returns>Shape <c>[N]</c>.</returns>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels, Tensor? target) => target is null
        ? nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None)
        : -nn.functional.cross_entropy(logits, target, reduction: nn.Reduction.None);

    /// <summary>The cross-entropy of class numbers, the squared error of real numbers: the type of the labels decides, here and nowhere else.</summary>
    /// <inheritdoc cref="CrossEntropy"/>
    public static Tensor Natural(Tensor logits, Tensor labels, Tensor? target)
    {
        if (!labels.is_floating_point()) return CrossEntropy(logits, labels, target);
        var error = (logits.reshape(labels.shape) - (target ?? labels)).square();
        return target is null ? error : -error;
    }

    /// <summary>How far the best wrong class is above the truth, or the target above the best other class: above 0 where the attacker has won.</summary>
    /// <inheritdoc cref="CrossEntropy"/>
    public static Tensor Margin(Tensor logits, Tensor labels, Tensor? target)
    {
        var wanted = target ?? labels;
        var own = logits.gather(1, wanted.unsqueeze(1)).squeeze(1);
        var other = logits.masked_fill(arange(logits.shape[1]).eq(wanted.unsqueeze(1)), double.NegativeInfinity).amax([1]);
        return target is null ? other - own : own - other;
    }

    /// <summary>
    /// Difference of logits ratio: −(z_y − max_{i≠y} z_i) / (z_π1 − z_π3), the same for a rescaled network. Needs three classes.
    /// </summary>
    /// <remarks>Source: Croce, Hein 2020, arXiv:2003.01690, §4, equation 6; with a target equation 7, −(z_y − z_t) / (z_π1 − (z_π3 + z_π4) / 2), which needs four.</remarks>
    /// <inheritdoc cref="CrossEntropy"/>
    public static Tensor Dlr(Tensor logits, Tensor labels, Tensor? target)
    {
        var sorted = logits.sort(1, descending: true).Values;
        if (target is null) return Margin(logits, labels, null) / (sorted.select(1, 0) - sorted.select(1, 2) + Tiny);
        var towards = logits.gather(1, target.unsqueeze(1)).squeeze(1) - logits.gather(1, labels.unsqueeze(1)).squeeze(1);
        return towards / (sorted.select(1, 0) - (0.5 * (sorted.select(1, 2) + sorted.select(1, 3))) + Tiny);
    }
}
