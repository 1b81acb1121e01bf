using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>
/// A detector with a threshold: at most a given share of clean inputs is stopped.
/// <code>threshold = the k-th largest of n clean scores, k = ⌊rate · (n + 1)⌋;   stopped where s(x) &gt; threshold</code>
/// </summary>
/// <remarks>
/// Fitted to one half of the clean samples, calibrated on the other. A fresh clean input, drawn as these were, is stopped with a probability of at most the rate, on
/// average over calibrations; a single one scatters around it: measure it on fresh data, as <see cref="DefenseReport"/> does.
/// Source: the ranks of exchangeable samples, as in Vovk, Gammerman, Shafer, "Algorithmic Learning in a Random World", Springer 2005, §2.
/// </remarks>
public sealed class Calibrated : IDisposable
{
    private readonly FittedDetector fitted;

    private Calibrated(IDetector detector, FittedDetector fitted, double rate, double threshold) =>
        (Detector, this.fitted, Rate, Threshold) = (detector, fitted, rate, threshold);

    /// <summary>The detector with its parameters.</summary>
    public IDetector Detector { get; }

    /// <summary>The share of clean inputs that may be stopped.</summary>
    public double Rate { get; }

    /// <summary>Scores above it are stopped.</summary>
    public double Threshold { get; }

    /// <summary>Fits a detector, and finds its threshold.</summary>
    /// <param name="detector">What to look for.</param>
    /// <param name="victim">The model that is to be protected; must outlive what is returned.</param>
    /// <param name="clean">Samples that nobody moved, in random order; neither those of the training nor those of a report.</param>
    /// <param name="rate">The share of clean inputs that may be stopped, in (0, 1); 0.05 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">Too few samples for that rate.</exception>
    public static Calibrated Of(IDetector detector, IDifferentiable victim, Batch clean, double rate = 0.05)
    {
        if (!(rate is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "Expected a rate between 0 and 1.");
        var half = clean.Count / 2;
        var (usual, held) = (clean.Slice(0, clean.Count - half), clean.Slice(clean.Count - half, half));
        var rank = (long)Math.Floor(rate * (half + 1) + 1e-9);
        if (rank < 1)
        {
            throw new ArgumentException(
                $"Expected at least {2 * Math.Ceiling((1 / rate) - 1)} clean samples for a rate of {rate:0.####}, got {clean.Count}. Give more samples, or allow a higher rate.", nameof(clean));
        }
        var fitted = detector.Fit(victim, usual);
        try
        {
            return new Calibrated(detector, fitted, rate, Scores(fitted, held).OrderDescending().ElementAt((int)rank - 1));
        }
        catch
        {
            fitted.Dispose();
            throw;
        }
    }

    /// <summary>How far each input is above the threshold: above 0 it is stopped.</summary>
    /// <param name="inputs">Shape <c>[N, …]</c>.</param>
    /// <returns>Shape <c>[N]</c>, with a gradient where the inputs have one.</returns>
    public Tensor Suspicion(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return (fitted.Score(inputs) - Threshold).MoveToOuterDisposeScope();
    }

    /// <summary>Frees what the detector remembers.</summary>
    public void Dispose() => fitted.Dispose();

    private static List<double> Scores(FittedDetector fitted, Batch data)
    {
        using var noGrad = no_grad();
        var scores = new List<double>();
        for (long start = 0; start < data.Count; start += Harness.BatchSize)
        {
            using var scope = NewDisposeScope();
            var part = data.Inputs.narrow(0, start, Math.Min(Harness.BatchSize, data.Count - start));
            scores.AddRange(fitted.Score(part).to_type(ScalarType.Float64).data<double>().ToArray());
        }
        return scores;
    }
}
