using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Certification.Training;

/// <summary>
/// Trains on the linear bounds of <see cref="Crown"/> with intervals inside while ε grows, and on plain intervals at the end.
/// <code>L = κ ℓ(f(x), y) + (1 − κ) ℓ(−m, y),   m = β m_CROWN-IBP + (1 − β) m_IBP,   ε: 0 → ε,   κ: 1 → Kappa,   β: 1 → Beta</code>
/// </summary>
/// <remarks>
/// Intervals alone are so loose at first that <see cref="IbpTraining"/> is unstable at large ε; the tighter bounds guide it past the beginning. Cost while
/// β &gt; 0: about 3 plain steps and one backward pass per class, 10 times <see cref="IbpTraining"/> with 10 classes. Certify with <see cref="IntervalBounds"/> or <see cref="Crown"/>.
/// Source: Zhang et al., "Towards Stable and Efficient Training of Verifiably Robust Neural Networks", ICLR 2020, arXiv:1906.06316, §3.2.
/// </remarks>
/// <param name="Ball">What is to be proved; the paper's is <see cref="Linf"/>.</param>
public sealed record CrownIbpTraining(Ball Ball) : IObjective
{
    /// <summary>How ε grows, κ and β fall; by default from 2 % to 60 % of the training.</summary>
    public Ramp Ramp { get; init; } = new();

    /// <summary>κ at the end, the weight of the plain loss; in [0, 1], 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [0, 1].</exception>
    public double Kappa { get; init => field = Mixing.Checked(value); } = 0.5;

    /// <summary>β at the end, the weight of the linear bounds; in [0, 1], 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of [0, 1].</exception>
    public double Beta { get; init => field = Mixing.Checked(value); }

    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        var ramp = Ramp.At(step.Done);
        var beta = 1 - (ramp * (1 - Beta));
        return Mixing.Loss(network, batch, step, Ball, ramp, Kappa, (chain, boxes, ball, labels) =>
        {
            var intervals = Intervals.Margins(chain.Last, boxes[^1], labels);
            return beta == 0 ? intervals : (beta * Crown.Lower(chain, boxes, batch.Inputs, ball, labels)) + ((1 - beta) * intervals);
        });
    }
}
