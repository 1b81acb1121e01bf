using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>The gradients of several functions of the logits with respect to the inputs.</summary>
internal static class Jacobian
{
    /// <summary>One forward pass, and one backward pass through it per function: cheaper than a batch of repeated inputs, which goes forward as often as back.</summary>
    /// <param name="victim">The white box.</param>
    /// <param name="inputs">Shape <c>[N, …]</c>.</param>
    /// <param name="functions">From logits <c>[N, classes]</c> to K numbers per sample, <c>[N, K]</c>.</param>
    /// <returns>Logits and functions without gradient, and the gradients, shape <c>[N, K, …]</c>; 0 where they are not numbers.</returns>
    public static (Tensor Logits, Tensor Functions, Tensor Gradients) Of(IDifferentiable victim, Tensor inputs, Func<Tensor, Tensor> functions)
    {
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        var x = inputs.detach().requires_grad_();
        var logits = victim.Logits(x);
        var values = functions(logits);
        var last = values.shape[1] - 1;
        var rows = Enumerable.Range(0, (int)values.shape[1])
            .Select(k => autograd.grad([sum(values.select(1, k))], [x], retain_graph: k < last)[0]).ToArray();
        return (logits.detach().MoveToOuterDisposeScope(), values.detach().MoveToOuterDisposeScope(), stack(rows, 1).nan_to_num_(0).MoveToOuterDisposeScope());
    }
}
