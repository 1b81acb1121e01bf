namespace Adamant.Training;

/// <summary>How well one class is told apart.</summary>
/// <param name="Name">The class.</param>
/// <param name="Recall">The share of its samples that were recognized: the accuracy within the class.</param>
/// <param name="Precision">The share of the answers with this class that were right.</param>
public sealed record ClassScore(string Name, Proportion Recall, Proportion Precision)
{
    /// <summary><c>F₁ = 2TP / (2TP + FP + FN)</c>; NaN for a class that neither occurs nor is answered.</summary>
    public double F1 => 2.0 * Recall.Successes / (Recall.Trials + Precision.Trials);
}
