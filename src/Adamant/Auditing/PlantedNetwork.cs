namespace Adamant.Auditing;

/// <summary>A formula as a network that somebody left in training mode.</summary>
/// <param name="logits">From inputs to logits; hears whether the network is in training mode.</param>
internal sealed class PlantedNetwork(Func<Tensor, bool, Tensor> logits) : nn.Module<Tensor, Tensor>(nameof(PlantedNetwork))
{
    public override Tensor forward(Tensor inputs) => logits(inputs, training);
}
