using Adamant.Models;

namespace Adamant.Training;

/// <summary>Writes the learning curves as TensorBoard's event files.</summary>
internal static class EventFiles
{
    /// <summary>Appends one epoch.</summary>
    public static void Write(string folder, EpochReport report)
    {
        Directory.CreateDirectory(folder);
        var writer = utils.tensorboard.SummaryWriter(folder);
        Add("loss/train", report.TrainLoss);
        Add("loss/validation", report.ValidationLoss);
        Add("learning rate", report.LearningRate);
        Add("samples per second", report.SamplesPerSecond);
        foreach (var (name, value) in report.Validation) Add($"validation/{name}", value);
        foreach (var (name, value) in report.Probes) Add($"probe/{name}", value);

        void Add(string tag, double? value)
        {
            if (value is { } number) writer.add_scalar(tag, (float)number, report.Epoch);
        }
    }
}
