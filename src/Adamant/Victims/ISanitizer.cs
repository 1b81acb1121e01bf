namespace Adamant.Victims;

/// <summary>Cleans inputs before a model sees them, in the hope that a crafted change is lost on the way.</summary>
/// <remarks>Alone it proves nothing: most sanitizers fall to an attacker who knows them. Report it only together with an adaptive attack.</remarks>
public interface ISanitizer
{
    /// <summary>Whether it draws anew for each sample and call.</summary>
    bool IsRandom => false;

    /// <summary>Cleans a batch; where the operations have gradients, they flow.</summary>
    /// <param name="inputs">Shape <c>[N, …]</c>, in the range of <paramref name="input"/>.</param>
    /// <param name="input">What the model accepts.</param>
    /// <param name="random">The source of all randomness; untouched by a sanitizer that is not random.</param>
    /// <returns>The same shape and type, in the same range.</returns>
    /// <exception cref="ArgumentException">Inputs of a kind that it cannot clean.</exception>
    Tensor Sanitize(Tensor inputs, InputSpec input, Generator random);

    /// <summary>
    /// The same values with a gradient that is of use to an attacker: by default that of the identity.
    /// <code>x + (g(x) − x), where nothing flows through the bracket</code>
    /// </summary>
    /// <remarks>A sanitizer with gradients of its own that point the right way gives those instead. Values agree up to the rounding of the sum.</remarks>
    /// <inheritdoc cref="Sanitize"/>
    Tensor StraightThrough(Tensor inputs, InputSpec input, Generator random)
    {
        using var scope = NewDisposeScope();
        Tensor change;
        using (no_grad())
        {
            change = Sanitize(inputs.detach(), input, random) - inputs;
        }
        return (inputs + change).MoveToOuterDisposeScope();
    }
}
