using Adamant.Attacks;
using Adamant.Data;

namespace Adamant.Certification;

/// <summary>Proves for single samples of a model that no attacker within a ball can change the answer, whatever attack there is or will be.</summary>
/// <remarks>
/// A certificate belongs to the model that it was made with; for randomized smoothing that is the smoothed classifier, not its base. What is not certified may
/// still be robust: a certificate gives a lower bound of robust accuracy, an attack an upper one, <see cref="Bracket"/> both.
/// </remarks>
public interface ICertificate
{
    /// <summary>Looks at one sample after the other.</summary>
    /// <param name="data">Samples <c>[N, …]</c> in the range of the model's inputs, and class numbers <c>[N]</c>, <c>Int64</c>.</param>
    /// <param name="ball">What is to be proved: the norm, and ε for methods that answer yes or no.</param>
    /// <param name="cancellation">Stops within one batch of forward passes.</param>
    /// <returns>One certificate per sample, in order, each as soon as it is known.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the model, or the method proves nothing in that norm.</exception>
    IEnumerable<SampleCertificate> Certify(Batch data, Ball ball, CancellationToken cancellation = default);
}
