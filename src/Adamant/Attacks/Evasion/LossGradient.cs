using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>A loss of a white box and its gradient with respect to the inputs.</summary>
internal static class LossGradient
{
    /// <summary>The loss that goes with the labels, see the other overload and <see cref="Losses.Natural"/>.</summary>
    /// <returns>The mean loss, and the gradient with the shape of <paramref name="inputs"/>.</returns>
    public static (double Loss, Tensor Gradient) Of(IDifferentiable victim, Tensor inputs, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var (_, losses, gradient) = Of(victim, inputs, logits => Losses.Natural(logits, labels, null));
        return (losses.mean().item<float>(), gradient.MoveToOuterDisposeScope());
    }

    /// <summary>Asks for the inputs' gradient only: the caller's tensor and the parameters' gradients stay as they are.</summary>
    /// <remarks>
    /// The loss is summed over the batch, so that a sample's gradient does not shrink with the size of its batch. Where the gradient is not a number,
    /// there is no direction to follow: it counts as zero.
    /// </remarks>
    /// <param name="victim">The white box.</param>
    /// <param name="inputs">Shape <c>[N, …]</c>.</param>
    /// <param name="loss">From logits <c>[N, classes]</c> to one number per sample, <c>[N]</c>: see <see cref="Losses"/>.</param>
    /// <returns>The logits and losses without gradient, and the gradient of each sample's loss with the shape of <paramref name="inputs"/>.</returns>
    public static (Tensor Logits, Tensor Losses, Tensor Gradient) Of(IDifferentiable victim, Tensor inputs, Func<Tensor, Tensor> loss)
    {
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        var x = inputs.detach().requires_grad_();
        var logits = victim.Logits(x);
        var losses = loss(logits);
        var gradient = autograd.grad([sum(losses)], [x])[0].nan_to_num(0);
        return (logits.detach().MoveToOuterDisposeScope(), losses.detach().MoveToOuterDisposeScope(), gradient.MoveToOuterDisposeScope());
    }
}
