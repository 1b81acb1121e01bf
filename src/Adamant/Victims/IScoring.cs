namespace Adamant.Victims;

/// <summary>What a score-based attacker sees of a model: one number per class.</summary>
public interface IScoring : IClassifier
{
    /// <summary>The scores of each class before any softmax.</summary>
    /// <param name="inputs">Shape <c>[N, …Input.Shape]</c>, in the units and range of <see cref="IClassifier.Input"/>.</param>
    /// <returns>Shape <c>[N, classes]</c>, <c>Float32</c>.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit <see cref="IClassifier.Input"/>.</exception>
    Tensor Logits(Tensor inputs);
}
