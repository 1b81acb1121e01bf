namespace Adamant.Data.Augmentations;

/// <summary>Mirrors images left to right. <code>x′[…, j] = x[…, W − 1 − j] with probability p, else x</code></summary>
/// <remarks>Wrong where left and right differ in meaning: digits, letters, arrows on traffic signs.</remarks>
/// <param name="Probability">p in [0, 1]; 0.5 by default.</param>
public sealed record HorizontalFlip(double Probability = 0.5) : IAugmentation
{
    /// <inheritdoc/>
    public Tensor Apply(Tensor inputs, Generator generator)
    {
        if (!(Probability is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(inputs), Probability, "Expected a Probability in [0, 1].");
        using var scope = NewDisposeScope();
        var (count, _, _, _) = Images.Sizes(inputs, nameof(HorizontalFlip));
        var chosen = rand([count, 1, 1, 1], generator: generator) < Probability;
        return where(chosen, inputs.flip(3), inputs).MoveToOuterDisposeScope();
    }
}
