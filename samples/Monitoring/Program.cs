// A monitor at the bedside (not for clinical use): one second of an electrocardiogram says whether a beat's peak comes in a tenth of a second.
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;
using TorchSharp;
using static TorchSharp.torch;

random.manual_seed(0);
using var scope = NewDisposeScope();
using var train = Peaks(DatasetPart.Train);                     // 45 seconds of one patient, and the 15 that follow
using var test = Peaks(DatasetPart.Test);

using var network = new ElmanRnn(features: 1, hidden: 32, classes: 2) { Standardization = Standardization.Fit(train) };
new Trainer(new TrainingOptions { Epochs = 5, BatchSize = 64, Optimizer = new Adam(0.003), Schedule = new CosineSchedule(), GradientClip = 1 }).Fit(network, train);
var evaluation = Evaluation.Of(network.AsVictim(), test);
Console.WriteLine($"area under the curve {evaluation.Auc:0.000}; peaks found {evaluation.Classes[1].Recall}, {evaluation.Classes[1].Precision} of those told are peaks");

// A disturbance of a tenth of a millivolt. As noise it is nothing; aimed, and even without a jump that a filter would see, it is not.
using var some = test.ReadAll();
var every = arange(0, test.Count, 7);
using var seconds = new Batch(some.Inputs.index_select(0, every), some.Labels.index_select(0, every));
var noise = network.AsVictim().Predict(seconds.Inputs + (0.1 * randn_like(seconds.Inputs).sign())).eq(seconds.Labels);
Console.WriteLine($"  noise of 0.1 mV              right on {new Proportion(sum(noise).item<long>(), seconds.Count)}");
Report("aimed, 0.1 mV", new Pgd { Steps = 10 }, new Linf(0.1));
Report("aimed, 0.02 mV a step", new Pgd { Steps = 10 }, new Smooth(new Linf(0.1), Slope: 0.02));
Report("aimed, the last tenth only", new Pgd { Steps = 10 }, new Scaled(new Linf(0.1), arange(120).ge(108).to_type(ScalarType.Float32).reshape(1, 120, 1)));

void Report(string what, IEvasion<IDifferentiable> attack, Ball ball)
{
    using var result = attack.Against(network.AsVictim(), seconds, new Threat(ball));
    Console.WriteLine($"  {what,-28} right on {result.RobustAccuracy}");
}

static TensorDataset Peaks(DatasetPart part)
{
    using var ecg = new Ecg().Load(part);                       // one second, 120 values, and the potential a tenth of a second later
    using var windows = ecg.ReadAll();
    var card = ecg.Card with { Task = LearningTask.Classification, ClassNames = ["no peak", "peak"] };
    return new TensorDataset(card, windows.Inputs.clone(), windows.Labels.gt(0.8).to_type(ScalarType.Int64));
}
