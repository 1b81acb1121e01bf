using Adamant.Training;

namespace Adamant.Cli;

/// <summary>Shows a training as progress: epoch, loss, accuracy, samples per second.</summary>
internal sealed class TrainingView(Action<double, string> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        var accuracy = value.Accuracy is { } share ? $"  accuracy {100 * share:0.0} %" : "";
        report(
            (value.Epoch - 1 + (double)value.Step / value.Steps) / value.Epochs,
            $"epoch {value.Epoch}/{value.Epochs}  loss {value.Loss:0.0000}{accuracy}  {value.SamplesPerSecond:0}/s");
    }
}
