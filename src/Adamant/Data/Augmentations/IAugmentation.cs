namespace Adamant.Data.Augmentations;

/// <summary>Varies training samples without changing their labels.</summary>
/// <remarks>An augmentation is an immutable record; the trainer clamps the result to the range of the network's inputs.</remarks>
public interface IAugmentation
{
    /// <summary>New samples made of the given ones, which stay as they are.</summary>
    /// <param name="inputs">Shape <c>[N, …]</c>, <c>Float32</c>, or tokens <c>Int64</c>.</param>
    /// <param name="generator">The only source of chance.</param>
    /// <returns>The shape of <paramref name="inputs"/>.</returns>
    /// <exception cref="ArgumentException">The samples are not of the kind that this augmentation can vary.</exception>
    Tensor Apply(Tensor inputs, Generator generator);
}
