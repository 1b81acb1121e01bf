using System.Diagnostics;
using Adamant.Attacks;
using Adamant.Data;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Certification;

/// <summary>What a certificate proved of a set of samples.</summary>
public sealed record CertificationResult
{
    /// <summary>The method with its parameters, as it prints itself.</summary>
    public required string Certificate { get; init; }

    /// <summary>What was to be proved.</summary>
    public required Ball Ball { get; init; }

    /// <summary>What was proved of each sample, in the order of the data.</summary>
    public required IReadOnlyList<SampleCertificate> Samples { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The share of samples that the model gets right; abstaining is not right.</summary>
    public Proportion CleanAccuracy => At(0);

    /// <summary>The share of samples that the model gets right wherever they are moved within the ball.</summary>
    public Proportion CertifiedAccuracy => At(Ball.Radius);

    /// <summary>The share of samples to which the model gives no answer.</summary>
    public Proportion Abstentions => new(Samples.Count(s => s.Predicted == IClassifier.Rejected), Samples.Count);

    /// <summary>The mean radius, where errors and abstentions count 0 (ACR). Source: Zhai et al., "MACER", ICLR 2020, arXiv:2001.02378, §3.2.</summary>
    public double AverageRadius => Samples.Select(s => s.IsCorrect ? s.Radius : 0).DefaultIfEmpty(0).Average();

    /// <summary>The share of samples that the model gets right wherever they are moved by at most that distance.</summary>
    public Proportion At(double radius) => new(Samples.Count(s => s.Holds(radius)), Samples.Count);

    /// <summary>Certifies every sample, and counts.</summary>
    /// <param name="certificate">The method, with its model.</param>
    /// <param name="data">Samples and class numbers.</param>
    /// <param name="ball">What is to be proved.</param>
    /// <param name="progress">Hears of each sample; null for nobody.</param>
    /// <param name="cancellation">Stops within one batch of forward passes.</param>
    /// <exception cref="ArgumentException">The samples do not fit the model, or the method proves nothing in that norm.</exception>
    public static CertificationResult Of(
        ICertificate certificate, Batch data, Ball ball, IProgress<SampleCertificate>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var clock = Stopwatch.StartNew();
        var samples = new List<SampleCertificate>();
        foreach (var sample in certificate.Certify(data, ball, cancellation))
        {
            samples.Add(sample);
            progress?.Report(sample);
        }
        return new CertificationResult { Certificate = $"{certificate}", Ball = ball, Samples = samples, Elapsed = clock.Elapsed };
    }
}
