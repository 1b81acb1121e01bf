using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Certification.Training;

/// <summary>What trainings on bounds share: the plain loss and that of the worst logits, mixed.</summary>
internal static class Mixing
{
    /// <summary>A lower bound of z_y − zⱼ, <c>[N, classes]</c>, from the boxes before each layer and the ball that they started from.</summary>
    public delegate Tensor Margins(ProvenChain chain, IReadOnlyList<Box> boxes, Ball ball, Tensor labels);

    public static Tensor Loss(Network network, Batch batch, TrainingStep step, Ball ball, double ramp, double kappa, Margins margins)
    {
        using var scope = NewDisposeScope();
        var chain = new ProvenChain(network);
        if (batch.Labels.dtype != ScalarType.Int64)
            throw new ArgumentException($"Expected class numbers of type Int64 for training on bounds, got {batch.Labels.dtype}. Train a regression with {nameof(PlainObjective)}.", nameof(batch));
        var plain = step.Criterion(network.call(batch.Inputs), batch.Labels);
        if (ramp == 0) return plain.MoveToOuterDisposeScope();

        var present = ball with { Radius = ramp * ball.Radius };
        var worst = -margins(chain, chain.Bound(Box.Around(present, batch.Inputs, network.Input)), present, batch.Labels);
        var share = 1 - (ramp * (1 - kappa));
        return (share * plain + (1 - share) * step.Criterion(worst, batch.Labels)).MoveToOuterDisposeScope();
    }

    public static double Checked(double kappa) =>
        kappa is >= 0 and <= 1 ? kappa : throw new ArgumentOutOfRangeException(nameof(kappa), kappa, "Expected a share from 0 to 1.");
}
