using Adamant.Models;
using TorchSharp.Modules;

namespace Adamant.Training;

/// <summary>Writes the learning curves of one training as one of TensorBoard's event files.</summary>
/// <param name="folder">Made when the first epoch is written.</param>
internal sealed class EventFiles(string folder)
{
    private SummaryWriter? writer;

    /// <summary>Appends one epoch.</summary>
    public void Write(EpochReport report)
    {
        Directory.CreateDirectory(folder);
        writer ??= utils.tensorboard.SummaryWriter(folder);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();    // left out, it would be 1970
        Add("loss/train", report.TrainLoss);
        Add("loss/validation", report.ValidationLoss);
        Add("learning rate", report.LearningRate);
        Add("samples per second", report.SamplesPerSecond);
        foreach (var (name, value) in report.Validation) Add($"validation/{name}", value);
        foreach (var (name, value) in report.Probes) Add($"probe/{name}", value);

        void Add(string tag, double? value)
        {
            if (value is { } number) writer.add_scalar(tag, (float)number, report.Epoch, now);
        }
    }
}
