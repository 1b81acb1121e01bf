namespace Adamant.Victims;

/// <summary>What a score-based attacker sees of a model of texts: one number per class.</summary>
public interface ITextScoring : ITextClassifier
{
    /// <summary>The scores of each class before any softmax.</summary>
    /// <param name="texts">At least one, each with at least one word.</param>
    /// <returns>Shape <c>[N, classes]</c>, <c>Float32</c>.</returns>
    /// <exception cref="ArgumentException">No text, or an empty one.</exception>
    Tensor Logits(IReadOnlyList<string> texts);
}
