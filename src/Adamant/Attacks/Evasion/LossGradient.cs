using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>The cross-entropy of a white box and its gradient with respect to the inputs.</summary>
internal static class LossGradient
{
    /// <summary>Asks for the inputs' gradient only: the caller's tensor and the parameters' gradients stay as they are.</summary>
    /// <remarks>
    /// The loss is summed over the batch, so that a sample's gradient does not shrink with the size of its batch. Where the gradient is not a number,
    /// there is no direction to follow: it counts as zero.
    /// </remarks>
    /// <returns>The mean loss, and the gradient with the shape of <paramref name="inputs"/>.</returns>
    public static (double Loss, Tensor Gradient) Of(IDifferentiable victim, Tensor inputs, Tensor labels)
    {
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        var x = inputs.detach().requires_grad_();
        var loss = nn.functional.cross_entropy(victim.Logits(x), labels, reduction: nn.Reduction.Sum);
        var gradient = autograd.grad([loss], [x])[0].nan_to_num_(0);
        return (loss.item<float>() / Math.Max(1, labels.shape[0]), gradient.MoveToOuterDisposeScope());
    }
}
