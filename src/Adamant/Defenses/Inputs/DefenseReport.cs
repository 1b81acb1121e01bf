using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Serialization;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>What a sanitizer or a detector is worth: always under an attack that knows nothing of it and under one that does.</summary>
/// <remarks>The two are never given apart: the first alone has sold many defenses that the second broke. Source: Tramèr, Carlini, Brendel, Mądry, "On Adaptive
/// Attacks to Adversarial Example Defenses", NeurIPS 2020, arXiv:2002.08347.</remarks>
public sealed record DefenseReport
{
    private DefenseReport()
    {
    }

    /// <summary>The defense with its parameters.</summary>
    public required string Defense { get; init; }

    /// <summary>The model alone: its accuracy, and what the plain attack leaves of it.</summary>
    public required Judgment Undefended { get; init; }

    /// <summary>The defended model under the plain attack.</summary>
    public required Judgment Naive { get; init; }

    /// <summary>The defended model under the attack that knows the defense; it may also do what the plain one does.</summary>
    public required Judgment Adaptive { get; init; }

    /// <summary>The share of clean samples that the detector stops, on data that it was not calibrated on; null without a detector.</summary>
    public Proportion? FalsePositives { get; init; }

    /// <summary>The robust accuracy to believe: the lower of the two.</summary>
    public Proportion Believe => Adaptive.RobustAccuracy.Value <= Naive.RobustAccuracy.Value ? Adaptive.RobustAccuracy : Naive.RobustAccuracy;

    /// <summary>Attacks the model alone, and the defended model in both ways.</summary>
    /// <param name="victim">The model without the defense.</param>
    /// <param name="defense">What stands in front of it; not empty.</param>
    /// <param name="data">Fresh samples: not those that a detector was calibrated on.</param>
    /// <param name="threat">What is allowed.</param>
    /// <param name="attack">The plain attack; PGD with 40 steps when null.</param>
    /// <param name="draws">How often a random defense is asked at each step of the adaptive attack, at least 1.</param>
    /// <param name="run">Seed and progress; the defaults when null.</param>
    /// <param name="cancellation">Stops within one step of an attack.</param>
    /// <exception cref="ArgumentException">The defense is empty, or the data or the threat do not fit.</exception>
    public static DefenseReport Examine(
        IDifferentiable victim, InputDefense defense, Batch data, Threat threat, IEvasion<IDifferentiable>? attack = null, int draws = 20, Run? run = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(defense);
        if (defense.IsEmpty) throw new ArgumentException("Expected a sanitizer or a detector, got none.", nameof(defense));
        attack ??= new Pgd();
        run = (run ?? new Run()) with { Checkpoint = null };     // three runs, one of which would pass for another
        return new DefenseReport
        {
            Defense = InvariantText.Of(defense.ToString),
            Undefended = Judge(attack, victim),
            Naive = Judge(attack, Protected()),
            Adaptive = Judge(attack.Knowing(defense, draws), Protected()),
            FalsePositives = defense.Detector is null ? null : Stopped(Protected(), data),
        };

        IDifferentiable Protected() => defense.Protect(victim, run.Seed);

        EvasionResult Judge(IEvasion<IDifferentiable> by, IDifferentiable on)
        {
            var result = by.Against(on, data, threat, run, cancellation: cancellation);
            result.Dispose();                                   // the numbers stay
            return result;
        }
    }

    private static Proportion Stopped(IDifferentiable victim, Batch data)
    {
        using var noGrad = no_grad();
        long stopped = 0;
        for (long start = 0; start < data.Count; start += Harness.BatchSize)
        {
            using var scope = NewDisposeScope();
            stopped += sum(victim.Predict(data.Inputs.narrow(0, start, Math.Min(Harness.BatchSize, data.Count - start))).eq(IClassifier.Rejected)).item<long>();
        }
        return new Proportion(stopped, data.Count);
    }
}
