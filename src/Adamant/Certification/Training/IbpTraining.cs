using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Certification.Training;

/// <summary>
/// Trains on the worst that intervals cannot exclude, so that <see cref="IntervalBounds"/> can prove the network afterwards.
/// <code>L = κ ℓ(f(x), y) + (1 − κ) ℓ(ẑ, y),   ẑⱼ = −(lower bound of z_y − zⱼ over the ball),   ε: 0 → ε,   κ: 1 → Kappa</code>
/// </summary>
/// <remarks>
/// Buys proofs with clean accuracy: a network whose bounds are tight is a stiff one. Too few epochs, or an ε that grows too fast, end in a constant answer.
/// Only for chains of linear layers, convolutions, ReLU and pooling. Cost: about 3 times a plain step. The bounds are those of the network in evaluation
/// mode, without dropout.
/// Source: Gowal et al., "On the Effectiveness of Interval Bound Propagation for Training Verifiably Robust Models", arXiv:1810.12715, §3.
/// </remarks>
/// <param name="Ball">What is to be proved; the paper's is <see cref="Linf"/>. A training ball a little larger than the one to prove often proves more.</param>
public sealed record IbpTraining(Ball Ball) : IObjective
{
    /// <summary>How ε grows and κ falls; by default from 2 % to 60 % of the training.</summary>
    public Ramp Ramp { get; init; } = new();

    /// <summary>κ at the end, the weight of the plain loss; in [0, 1], 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [0, 1].</exception>
    public double Kappa { get; init => field = Mixing.Checked(value); } = 0.5;

    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step) =>
        Mixing.Loss(network, batch, step, Ball, Ramp.At(step.Done), Kappa, (chain, boxes, _, _) => Intervals.Margins(chain.Last, boxes[^1], batch.Labels));
}
