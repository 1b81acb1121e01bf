namespace Adamant.Victims;

/// <summary>What a label-only attacker sees of a model: inputs go in, class numbers come out.</summary>
/// <remarks>
/// The victim owns its normalization, its evaluation mode and its bounds: inputs are always in the units of <see cref="Input"/>, and inputs
/// outside of it are refused.
/// </remarks>
public interface IClassifier : IDisposable
{
    /// <summary>What <see cref="Predict"/> says of an input that a detector stopped: it has no class.</summary>
    const long Rejected = -1;

    /// <summary>The shape, type and range of the inputs that the model accepts.</summary>
    InputSpec Input { get; }

    /// <summary>The most probable class of each input.</summary>
    /// <param name="inputs">Shape <c>[N, …Input.Shape]</c>, in the units and range of <see cref="Input"/>.</param>
    /// <returns>Shape <c>[N]</c>, <c>Int64</c>; <see cref="Rejected"/> where the victim refuses to answer.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit <see cref="Input"/>.</exception>
    Tensor Predict(Tensor inputs);
}
