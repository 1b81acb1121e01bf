using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;

namespace Adamant.Certification;

/// <summary>
/// Interval bound propagation: carries a box around the sample through the network, and certifies where the true class stays above all others.
/// <code>μ′ = Wμ + b,   r′ = |W| r;   ReLU and pooling: [g(l), g(u)];   certified if min (z_y − zⱼ) &gt; 0, with the last layer and the difference as one map</code>
/// </summary>
/// <remarks>
/// The cheapest proof and the loosest: it treats neurons of one layer as independent, so it proves next to nothing of a network that was not trained for it
/// (<see cref="Training.IbpTraining"/>); <see cref="Crown"/> proves more. Cost: about 2 forward passes per sample. For Linf, Scaled and masked balls; an
/// L2 or L1 ball is replaced by the box around it, which is right and useless in many dimensions. Sums are in float32: a margin has to exceed 1e-5 of the
/// largest logit to count.
/// Source: Gowal et al., "On the Effectiveness of Interval Bound Propagation for Training Verifiably Robust Models", arXiv:1810.12715, §3.
/// </remarks>
public sealed class IntervalBounds : ICertificate
{
    private const int BatchSize = 128;
    private readonly Network network;
    private readonly ProvenChain chain;

    /// <summary>Proofs about that network, as it is served: in evaluation mode, without dropout.</summary>
    /// <param name="network">A chain of linear layers, convolutions, ReLU, pooling and flatten; not owned.</param>
    /// <exception cref="ArgumentException">The network is no such chain.</exception>
    public IntervalBounds(Network network) => (this.network, chain) = (network, new ProvenChain(network));

    /// <inheritdoc/>
    public IEnumerable<SampleCertificate> Certify(Batch data, Ball ball, CancellationToken cancellation = default) =>
        Margins.Certify(network, data, ball, BatchSize, Lower, cancellation);

    /// <summary>The method; it has no parameters.</summary>
    public override string ToString() => nameof(IntervalBounds);

    /// <summary>A lower bound of z_y − zⱼ over the ball, shape <c>[N, classes]</c>.</summary>
    internal Tensor Lower(Tensor inputs, Ball ball, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return Intervals.Margins(chain.Last, chain.Bound(Box.Around(ball, inputs, chain.Input))[^1], labels).MoveToOuterDisposeScope();
    }
}
