namespace Adamant.Victims;

/// <summary>What a label-only attacker sees of a model of texts: texts go in, class numbers come out.</summary>
public interface ITextClassifier : IDisposable
{
    /// <summary>The most probable class of each text.</summary>
    /// <param name="texts">At least one, each with at least one word.</param>
    /// <returns>Shape <c>[N]</c>, <c>Int64</c>.</returns>
    /// <exception cref="ArgumentException">No text, or an empty one.</exception>
    Tensor Predict(IReadOnlyList<string> texts);
}
