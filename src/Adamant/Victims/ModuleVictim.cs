namespace Adamant.Victims;

/// <summary>A TorchSharp module, or a TorchScript module loaded with <c>torch.jit.load</c>, as a victim: white box.</summary>
/// <remarks>
/// The module is evaluated in evaluation mode (no dropout, frozen statistics), and the training mode of each of its parts is put back afterwards, so that
/// an attack inside a training step sees the network that will be served. Parameters receive no gradients from an attack that uses <c>autograd.grad</c>.
/// A module that others call from other threads must be in evaluation mode already.
/// </remarks>
/// <param name="module">Maps <c>[N, …input.Shape]</c> to logits <c>[N, classes]</c>.</param>
/// <param name="input">What the module accepts.</param>
public sealed class ModuleVictim(nn.IModule<Tensor, Tensor> module, InputSpec input) : IDifferentiable
{
    /// <inheritdoc/>
    public InputSpec Input { get; } = input;

    /// <inheritdoc/>
    public Tensor Logits(Tensor inputs)
    {
        Input.Check(inputs);
        if (module is not nn.Module root) return module.call(inputs);
        using var mode = EvaluationMode.Of(root);
        return module.call(inputs);
    }

    /// <inheritdoc/>
    public Tensor Predict(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return Logits(inputs).argmax(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Does nothing: whoever made the module disposes of it.</summary>
    public void Dispose()
    {
    }
}
