using Adamant.Attacks;

namespace Adamant.Cli;

/// <summary>Shows the steps of an attack as progress over all batches.</summary>
/// <param name="report">Receives the share done and a few words.</param>
/// <param name="batches">How many batches there are, times the attacks and restarts on each; fewer may be needed.</param>
internal sealed class AttackView(Action<double, string> report, long batches) : IProgress<AttackStep>
{
    private long batch;
    private double done;                                        // never goes back, even when there are more batches than announced

    public void Report(AttackStep value)
    {
        if (value.Step == 1) batch = Math.Min(batch + 1, batches);
        done = Math.Max(done, (batch - 1 + (double)value.Step / value.Steps) / batches);
        report(done, $"batch {batch}/{batches}  step {value.Step}/{value.Steps}  loss {value.Loss:0.000}");
    }
}
