using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Explaining;

/// <summary>What one layer took and gave in a forward pass.</summary>
/// <param name="Name">The layer's name in the network: <c>conv1</c>.</param>
/// <param name="Layer">The layer itself.</param>
/// <param name="Input">The shape of what it took, with the batch.</param>
/// <param name="Output">What it gave; belongs to the caller's scope.</param>
internal sealed record LayerTrace(string Name, nn.Module<Tensor, Tensor> Layer, long[] Input, Tensor Output)
{
    /// <summary>Runs inputs through a victim and listens to the layers of its network: those directly below it, in the order of the calls.</summary>
    /// <param name="network">What the victim runs.</param>
    /// <param name="victim">The network with its normalization.</param>
    /// <param name="inputs">Shape <c>[N, …]</c>.</param>
    public static IReadOnlyList<LayerTrace> Of(Network network, IScoring victim, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var heard = new List<LayerTrace>();
        var hooks = network.named_children().Where(child => child.module is nn.Module<Tensor, Tensor>).Select(child =>
        {
            var layer = (nn.Module<Tensor, Tensor>)child.module;
            return layer.register_forward_hook((_, input, output) =>
            {
                heard.Add(new LayerTrace(child.name, layer, input.shape, output.detach().clone().DetachFromDisposeScope()));
                return output;
            });
        }).ToList();
        try
        {
            victim.Logits(inputs);
        }
        finally
        {
            foreach (var hook in hooks) hook.remove();
            foreach (var trace in heard) scope.Attach(trace.Output);
        }
        foreach (var trace in heard) trace.Output.MoveToOuterDisposeScope();
        return heard;
    }
}
