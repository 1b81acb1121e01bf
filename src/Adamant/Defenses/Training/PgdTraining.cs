using System.Text;
using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;

namespace Adamant.Defenses.Training;

/// <summary>
/// Adversarial training against PGD: trains on the worst examples that a few steps find.
/// <code>min_θ E max_{δ ∈ ball} ℓ(f_θ(x + δ), y)</code>
/// </summary>
/// <remarks>
/// The reference among defenses, and the slowest: it costs clean accuracy, and robustness against other norms or a larger ε does not follow. Cost: about
/// (1 + steps) times a plain step. The attack sees the network in evaluation mode, as it is served.
/// Source: Madry, Makelov, Schmidt, Tsipras, Vladu, "Towards Deep Learning Models Resistant to Adversarial Attacks", ICLR 2018, arXiv:1706.06083, §2.
/// </remarks>
/// <param name="Ball">What the examples may move.</param>
public sealed record PgdTraining(Ball Ball) : IObjective
{
    /// <summary>The attack of each step; by default PGD with 7 steps of 2.5 · ε / 7 from a random start.</summary>
    public Pgd Attack { get; init; } = new() { Steps = 7 };

    /// <summary>Which samples exist and what an attacker can make of one: trains on legal samples only; null for all of the ball.</summary>
    public FeatureConstraints? Constraints { get; init; }

    /// <inheritdoc/>
    public Tensor Loss(Network network, Batch batch, TrainingStep step)
    {
        using var scope = NewDisposeScope();
        var attacked = Attack.Attacked(network, batch, new Threat(Ball) { Constraints = Constraints }, step);
        return step.Criterion(network.call(attacked), batch.Labels).MoveToOuterDisposeScope();
    }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Ball = {Ball}, Attack = {Attack}");
        if (Constraints is not null) text.Append($", Constraints = {Constraints}");
        return true;
    }
}
