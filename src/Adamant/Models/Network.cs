using Adamant.Victims;

namespace Adamant.Models;

/// <summary>A network of Adamant: a module that knows its input contract and can be rebuilt from its name and the arguments of its constructor.</summary>
/// <remarks>
/// Rules for a new architecture: one public constructor whose every parameter has a public property of the same name (in Pascal case) and the
/// types <c>int</c>, <c>double</c>, <c>bool</c> or <c>int[]</c>; children are registered by <c>register_module</c>, under PyTorch's names (reflection
/// finds no children under native compilation, and the network would silently not learn); layers are used through <c>call</c>, so that hooks fire.
/// Sizes are checked by <see cref="Dimension.Check"/> and announced by <see cref="Dimension.Reserve"/> before a layer is built, as they may come from a file.
/// The catalog of models finds it by its type's name.
/// </remarks>
public abstract class Network : nn.Module<Tensor, Tensor>
{
    /// <summary>Names the module after its type.</summary>
    private protected Network(string name) : base(name)
    {
    }

    /// <summary>What the network accepts.</summary>
    public abstract InputSpec Input { get; }

    /// <summary>The number of outputs: classes, tokens, or 1 in regression. The last dimension of what the network gives.</summary>
    public abstract int Outputs { get; }

    /// <summary>Whether the outputs are logits of the next token at each position, <c>[N, T, Outputs]</c>, instead of one answer per sample.</summary>
    public virtual bool PredictsTokens => false;

    /// <summary>The network as a victim with its own input contract.</summary>
    public ModuleVictim AsVictim() => new(this, Input);

    /// <summary>The number of trainable numbers.</summary>
    public long ParameterCount => parameters().Sum(p => p.numel());

    /// <summary>Registers the children under PyTorch's names, the last act of every constructor.</summary>
    /// <exception cref="InvalidOperationException">The network has no parameters, and would silently not learn.</exception>
    private protected void Register(params ReadOnlySpan<(string Name, nn.Module Child)> children)
    {
        foreach (var (name, child) in children) register_module(name, child);
        foreach (var parameter in parameters()) parameter.DetachFromDisposeScope();     // TorchSharp leaves those of embeddings and recurrent layers to the open scope
        if (parameters().Any()) return;
        throw new InvalidOperationException($"Expected {GetType().Name} to have parameters, got none. Register its layers by name.");
    }
}
