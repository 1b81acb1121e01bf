namespace Adamant.Victims;

/// <summary>A TorchSharp module, or a TorchScript module loaded with <c>torch.jit.load</c>, as a victim: white box.</summary>
/// <remarks>
/// The module is evaluated in evaluation mode (no dropout, frozen statistics), and the training mode of each of its parts is put back afterwards, so that
/// an attack inside a training step sees the network that will be served. Parameters receive no gradients from an attack that uses <c>autograd.grad</c>.
/// A module that others call from other threads must be in evaluation mode already.
/// </remarks>
/// <param name="module">Maps <c>[N, …input.Shape]</c> to logits <c>[N, classes]</c>.</param>
/// <param name="input">What the module accepts.</param>
public sealed class ModuleVictim(nn.IModule<Tensor, Tensor> module, InputSpec input) : IDifferentiable, IFeatures
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

    /// <summary>What goes into the layer with weights that is called last; its layers are used through <c>call</c>.</summary>
    /// <exception cref="InvalidOperationException">No layer with weights takes one tensor: a TorchScript module, for example.</exception>
    /// <inheritdoc/>
    public Tensor Features(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        Tensor? last = null;
        var layers = module is nn.Module root ? root.modules().Prepend(root).OfType<nn.Module<Tensor, Tensor>>() : [];
        var hooks = layers.Where(layer => !layer.children().Any() && layer.parameters().Any()).Select(layer => layer.register_forward_hook((_, input, output) =>
        {
            last?.Dispose();
            last = input.alias().DetachFromDisposeScope();      // outlives the forward pass, and keeps its gradient
            return output;
        })).ToList();
        try
        {
            Logits(inputs);
        }
        finally
        {
            foreach (var hook in hooks) hook.remove();
            if (last is not null) scope.Attach(last);
        }
        return last?.flatten(1).MoveToOuterDisposeScope() ?? throw new InvalidOperationException("Expected a network made of layers, got one that shows none of them.");
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
