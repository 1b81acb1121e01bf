using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;
using TorchSharp.Modules;

namespace Adamant.Certification;

/// <summary>
/// CROWN: bounds the network from below by a linear function of its input, and certifies where that function stays above 0 over the whole ball.
/// <code>z_y − zⱼ ≥ aⱼ · x + cⱼ;   certified if minⱼ min_{δ ∈ ball} aⱼ · (x + δ) + cⱼ &gt; 0</code>
/// </summary>
/// <remarks>
/// Keeps what neurons have in common, so it proves more than <see cref="IntervalBounds"/>, above all of networks that were not trained for proofs, and never
/// less: every bound is cut with that of the intervals. Cost: one backward pass per hidden neuron and sample; for convolutional networks
/// take <see cref="IntervalsInside"/> first, which bounds the hidden neurons by intervals and costs one backward pass per class. Maxima are bounded
/// coarsely: networks with max pooling lose much. For Linf, L2, L1, Scaled and masked balls, the round ones without cutting them at the range of the inputs.
/// Source: Zhang et al., "Efficient Neural Network Robustness Certification with General Activation Functions", NeurIPS 2018, arXiv:1811.00866, §3; with
/// intervals inside: Zhang et al., "Towards Stable and Efficient Training of Verifiably Robust Neural Networks", ICLR 2020, arXiv:1906.06316, §3.2.
/// </remarks>
public sealed class Crown : ICertificate
{
    private const int BatchSize = 16;
    private const long MostNumbers = 1 << 24;                   // of one tensor of the walk back: 64 MB
    private readonly Network network;
    private readonly ProvenChain chain;

    /// <summary>Proofs about that network, as it is served: in evaluation mode, without dropout.</summary>
    /// <param name="network">A chain of linear layers, convolutions, ReLU, pooling and flatten; not owned.</param>
    /// <exception cref="ArgumentException">The network is no such chain.</exception>
    public Crown(Network network) => (this.network, chain) = (network, new ProvenChain(network));

    /// <summary>Bounds the hidden neurons by intervals (CROWN-IBP) instead of by the same method; false by default.</summary>
    public bool IntervalsInside { get; init; }

    /// <inheritdoc/>
    public IEnumerable<SampleCertificate> Certify(Batch data, Ball ball, CancellationToken cancellation = default) =>
        Margins.Certify(network, data, ball, BatchSize, (inputs, part, predicted) => Lower(inputs, part, predicted, cancellation), cancellation);

    /// <summary>The method with its parameter.</summary>
    public override string ToString() => $"{nameof(Crown)} {{ {nameof(IntervalsInside)} = {IntervalsInside} }}";

    /// <summary>A lower bound of z_y − zⱼ over the ball, shape <c>[N, classes]</c>.</summary>
    internal Tensor Lower(Tensor inputs, Ball ball, Tensor labels, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        var boxes = Bound(inputs, ball, cancellation);
        return Lower(chain, boxes, inputs, ball, labels).maximum(Intervals.Margins(chain.Last, boxes[^1], labels)).MoveToOuterDisposeScope();
    }

    /// <summary>The same from bounds of the hidden neurons that somebody else has found; differentiable.</summary>
    internal static Tensor Lower(ProvenChain chain, IReadOnlyList<Box> boxes, Tensor inputs, Ball ball, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var (rows, constant) = Intervals.Differences(chain.Last, labels);
        return LinearRelaxation.Lowest(chain, boxes, chain.Body.Count, rows, constant, inputs, ball).MoveToOuterDisposeScope();
    }

    /// <summary>The boxes before each layer, and before the last one.</summary>
    internal IReadOnlyList<Box> Bound(Tensor inputs, Ball ball, CancellationToken cancellation = default)
    {
        var boxes = chain.Bound(Box.Around(ball, inputs, chain.Input));
        if (IntervalsInside) return boxes;
        List<Box> tighter = [boxes[0]];
        for (var i = 0; i < chain.Body.Count; i++)
        {
            var box = Intervals.Through([chain.Body[i]], tighter[i])[1];
            tighter.Add(chain.Body[i] is Linear or Conv2d ? box.And(Walk(tighter, i + 1, box.Lower, inputs, ball, cancellation)) : box);
        }
        return tighter;
    }

    /// <summary>Bounds of every neuron that comes out of the first <paramref name="depth"/> layers, a few at a time.</summary>
    private Box Walk(List<Box> boxes, int depth, Tensor like, Tensor inputs, Ball ball, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var neurons = like.numel() / like.shape[0];
        var atOnce = Math.Clamp(MostNumbers / (boxes.Max(box => box.Lower.numel()) + like.numel()), 1, neurons);
        var (lower, upper) = (empty_like(like).contiguous().flatten(1), empty_like(like).contiguous().flatten(1));
        for (var start = 0L; start < neurons; start += atOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var count = Math.Min(atOnce, neurons - start);
            var rows = arange(start, start + count, ScalarType.Int64).unsqueeze(1).eq(arange(neurons, ScalarType.Int64)).to_type(like.dtype).reshape([1, count, .. like.shape[1..]]).expand([like.shape[0], count, .. like.shape[1..]]);
            var none = zeros(like.shape[0], count);
            lower.narrow(1, start, count).copy_(LinearRelaxation.Lowest(chain, boxes, depth, rows, none, inputs, ball));
            upper.narrow(1, start, count).copy_(-LinearRelaxation.Lowest(chain, boxes, depth, -rows, none, inputs, ball));
        }
        return new Box(lower.reshape(like.shape).MoveToOuterDisposeScope(), upper.reshape(like.shape).MoveToOuterDisposeScope());
    }
}
