using Adamant.Training;

namespace Adamant.Attacks.Evasion;

/// <summary>The harness's judgment of one attack on one victim that forecasts a number: every number is recomputed from the tensors that the attack returned.</summary>
public sealed record RegressionResult : IDisposable
{
    /// <summary>The attack with its parameters, as its record prints itself.</summary>
    public required string Attack { get; init; }

    /// <summary>What was allowed.</summary>
    public required Threat Threat { get; init; }

    /// <summary>The moved samples, inside the ball, the range and the constraints: shape <c>[N, …]</c>.</summary>
    public required Tensor Adversarials { get; init; }

    /// <summary>What became of each sample, in the order of the data.</summary>
    public required IReadOnlyList<RegressionOutcome> Samples { get; init; }

    /// <summary>What the attack noticed that makes its score doubtful, each code once.</summary>
    public IReadOnlyList<AttackWarning> Warnings { get; init; } = [];

    /// <summary>Samples that the attack sent through the victim, without those of the harness itself.</summary>
    public required long Forwards { get; init; }

    /// <summary>Samples among <see cref="Forwards"/> whose gradient was taken.</summary>
    public required long Gradients { get; init; }

    /// <summary>The time that the attack took, without the harness's own predictions.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The root of the mean squared error on the originals, in the unit of the target.</summary>
    public double CleanRmse => Root(Samples.Select(s => s.CleanError));

    /// <summary>The root of the mean squared error on the moved samples.</summary>
    public double AdversarialRmse => Root(Samples.Select(s => s.AdversarialError));

    /// <summary>The mean absolute error on the originals.</summary>
    public double CleanMae => Samples.Average(s => s.CleanError);

    /// <summary>The mean absolute error on the moved samples.</summary>
    public double AdversarialMae => Samples.Average(s => s.AdversarialError);

    /// <summary>The most that the error of one sample grew.</summary>
    public double WorstIncrease => Samples.Max(s => s.AdversarialError - s.CleanError);

    /// <summary>The most that one forecast moved, whichever way.</summary>
    public double WorstShift => Samples.Max(s => Math.Abs(s.Adversarial - s.Clean));

    /// <summary>The largest move, in the norm of the threat.</summary>
    public double MaxPerturbation => Samples.Max(s => s.Perturbation);

    /// <summary>The share of moved samples whose error is above a tolerance.</summary>
    /// <param name="tolerance">In the unit of the target, at least 0.</param>
    public Proportion Beyond(double tolerance) => new(Samples.Count(s => s.AdversarialError > tolerance), Samples.Count);

    /// <summary>Frees the moved samples.</summary>
    public void Dispose() => Adversarials.Dispose();

    private static double Root(IEnumerable<double> errors) => Math.Sqrt(errors.Average(e => e * e));
}
