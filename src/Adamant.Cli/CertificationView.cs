using Adamant.Certification;

namespace Adamant.Cli;

/// <summary>Shows certificates as progress: samples done, and how many of them hold; within a sample the draws of smoothing.</summary>
/// <param name="report">Receives the share done and a few words.</param>
/// <param name="samples">How many there are.</param>
/// <param name="epsilon">Where certificates are to hold.</param>
internal sealed class CertificationView(Action<double, string> report, long samples, double epsilon) : IProgress<SampleCertificate>, IProgress<(long Done, long All)>
{
    private long done, held;

    public void Report(SampleCertificate value)
    {
        done++;
        if (value.Holds(epsilon)) held++;
        Show(0);
    }

    public void Report((long Done, long All) value) => Show((double)value.Done / value.All);

    private void Show(double within) => report(Math.Min(1, (done + (0.99 * within)) / samples), $"sample {Math.Min(done + 1, samples)}/{samples}  certified {held}");
}
