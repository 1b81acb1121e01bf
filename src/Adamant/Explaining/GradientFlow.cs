using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Explaining;

/// <summary>
/// How much of the loss's gradient reaches each step of a sequence: where it vanishes, nothing can be learned from that step.
/// <code>gₜ = mean over samples of ‖∂L / ∂hₜ‖₂</code>
/// </summary>
/// <remarks>
/// hₜ is the state of a recurrent network's last layer (of two directions the forward one), which is unrolled from its weights; of a network that reads all steps at once
/// the representation of position t that enters its first block. Source: Hochreiter, diploma thesis, Munich 1991; Pascanu, Mikolov, Bengio, "On the difficulty of
/// training recurrent neural networks", ICML 2013, arXiv:1211.5063, §2.
/// </remarks>
public sealed record GradientFlow
{
    /// <summary>The architecture's name.</summary>
    public required string Network { get; init; }

    /// <summary>gₜ for t from 1 to the length of the sequences.</summary>
    public required IReadOnlyList<double> Norms { get; init; }

    /// <summary>The mean cross-entropy of the samples in nats, or their mean squared error in regression.</summary>
    public required double Loss { get; init; }

    /// <summary>The share of the gradient that arrives: the first step's norm divided by the last one's.</summary>
    public double Arrives => Norms[0] / Norms[^1];

    /// <summary>Measures on a batch, in evaluation mode; parameters get no gradients.</summary>
    /// <param name="network">A recurrent network, or one of tokens.</param>
    /// <param name="inputs">What the network reads: sequences of one length, without padding.</param>
    /// <param name="labels">Shape <c>[N]</c>: <c>Int64</c> classes, or <c>Float32</c> in regression.</param>
    /// <exception cref="ArgumentException">The network is none of these.</exception>
    public static GradientFlow Of(Network network, Tensor inputs, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        using var mode = EvaluationMode.Of(network);
        var steps = SequenceSteps.Of(network, inputs).requires_grad_();
        var pass = RecurrentPass.Fits(network) ? RecurrentPass.Of(network, steps) : null;
        var outputs = pass?.Logits ?? SequenceSteps.Logits(network, steps, inputs);
        var loss = labels.dtype == ScalarType.Int64
            ? nn.functional.cross_entropy(outputs, labels, reduction: nn.Reduction.Sum)
            : nn.functional.mse_loss(outputs.reshape(labels.shape), labels, reduction: nn.Reduction.Sum);
        var gradients = pass is null
            ? autograd.grad([loss], [steps])[0]
            : stack(autograd.grad([loss], [.. pass.Layers.Last(l => !l.IsReverse).Hidden]), 1);
        return new GradientFlow
        {
            Network = network.GetType().Name,
            Norms = gradients.to_type(ScalarType.Float64).square().sum(dim: 2).sqrt().mean([0]).data<double>().ToArray(),
            Loss = loss.item<float>() / labels.shape[0],
        };
    }
}
