namespace Adamant.Victims;

/// <summary>A victim that shows what its last layer decides on.</summary>
public interface IFeatures
{
    /// <summary>The activations in front of the last layer.</summary>
    /// <param name="inputs">Shape <c>[N, …]</c>, as for the victim's logits.</param>
    /// <returns>Shape <c>[N, F]</c>, with a gradient to the inputs.</returns>
    Tensor Features(Tensor inputs);
}
