using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Defenses.Training;

/// <summary>
/// Adversarial weight perturbation: the loss of another objective, at the worst weights nearby.
/// <code>v_l = γ · ‖θ_l‖₂ · ∇_l L(θ) / ‖∇_l L(θ)‖₂ for each layer l;   the step is taken along ∇L(θ + v), from θ</code>
/// </summary>
/// <remarks>
/// Flattens the loss around the weights, which narrows the gap between robust accuracy in training and afterwards. One step to the worst weights; biases and other
/// vectors stay, as in the authors' code. The weights are restored to the last bit before the optimizer sees them, also when the step is canceled or fails. The inner
/// objective is computed twice with the same seed, so that its attack differs only by the weights. Batch statistics, if any, are counted twice. Cost: twice the
/// inner objective.
/// Source: Wu, Xia, Wang, "Adversarial Weight Perturbation Helps Robust Generalization", NeurIPS 2020, arXiv:2004.05884, §4.
/// </remarks>
/// <param name="Inner">What is made worst: <see cref="PgdTraining"/>, <see cref="Trades"/> …</param>
public sealed record Awp(IObjective Inner) : IObjective
{
    /// <summary>γ, the size of the move relative to each layer's weights, at least 0; 0.01 by default, and 0.005 with <see cref="Trades"/> in the paper.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double Gamma
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(nameof(Gamma), value, "Expected a finite size of at least 0.");
    } = 0.01;

    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        Tensor[] weights = [.. network.parameters().Where(p => p.requires_grad)];
        var (_, uphill) = Slope(weights, network, batch, step);
        var originals = weights.Select(w => w.detach().clone()).ToArray();
        double loss;
        Tensor[] slopes;
        try
        {
            Move(weights, uphill);
            (loss, slopes) = Slope(weights, network, batch, step);
        }
        finally
        {
            using var noGrad = no_grad();
            for (var i = 0; i < weights.Length; i++) weights[i].copy_(originals[i]);
        }
        // A number whose value and gradient are those found at the moved weights, but which hangs on the restored ones.
        var carrier = tensor((float)loss);
        for (var i = 0; i < weights.Length; i++) carrier = carrier + torch.sum(slopes[i] * (weights[i] - weights[i].detach()));
        return carrier.MoveToOuterDisposeScope();
    }

    private (double Loss, Tensor[] Slopes) Slope(Tensor[] weights, Network network, Batch batch, TrainingStep step)
    {
        step.Cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var loss = Inner.Loss(network, batch, step);
        var slopes = autograd.grad([loss], weights, allow_unused: true);
        var filled = weights.Select((w, i) => (slopes[i] is { IsInvalid: false } slope ? slope : zeros_like(w)).MoveToOuterDisposeScope()).ToArray();
        return (loss.to_type(ScalarType.Float64).item<double>(), filled);
    }

    private void Move(Tensor[] weights, Tensor[] uphill)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i].dim() < 2) continue;
            weights[i].add_(uphill[i] * (Gamma * weights[i].norm() / (uphill[i].norm() + 1e-20)));
        }
    }
}
