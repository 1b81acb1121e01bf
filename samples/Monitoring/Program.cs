// A monitor at the bedside (not for clinical use): does this second of an electrocardiogram hold two beats, or fewer?
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;
using static TorchSharp.torch;

random.manual_seed(0);
using var scope = NewDisposeScope();
using var train = Seconds(DatasetPart.Train);                   // 45 seconds of one patient, and the 15 that follow
using var test = Seconds(DatasetPart.Test);

using var network = new ElmanRnn(features: 1, hidden: 32, classes: 2) { Standardization = Standardization.Fit(train) };
new Trainer(new TrainingOptions { Epochs = 8, BatchSize = 64, Optimizer = new Adam(0.005), Schedule = new CosineSchedule(), GradientClip = 1 }).Fit(network, train);
var evaluation = Evaluation.Of(network.AsVictim(), test);
Console.WriteLine($"right on {evaluation.Accuracy} of the seconds; area under the curve {evaluation.Auc:0.000}");

// A disturbance of a tenth of a millivolt. As noise it is nothing; aimed, and even without a jump that a filter would see, it is not.
using var some = test.ReadAll();
var every = arange(0, test.Count, 7);
using var shown = new Batch(some.Inputs.index_select(0, every), some.Labels.index_select(0, every));
var noise = network.AsVictim().Predict(shown.Inputs + (0.1 * randn_like(shown.Inputs).sign())).eq(shown.Labels);
Console.WriteLine($"  noise of 0.1 mV              right on {new Proportion(sum(noise).item<long>(), shown.Count)}");
Report("aimed, 0.1 mV", new Pgd { Steps = 10 }, new Linf(0.1));
Report("aimed, 0.02 mV a step", new Pgd { Steps = 10 }, new Smooth(new Linf(0.1), Slope: 0.02));
Report("aimed, the last tenth only", new Pgd { Steps = 10 }, new Scaled(new Linf(0.1), arange(40).ge(36).to_type(ScalarType.Float32).reshape(1, 40, 1)));

void Report(string what, IEvasion<IDifferentiable> attack, Ball ball)
{
    using var result = attack.Against(network.AsVictim(), shown, new Threat(ball));
    Console.WriteLine($"  {what,-28} right on {result.RobustAccuracy}");
}

static TensorDataset Seconds(DatasetPart part)
{
    using var scope = NewDisposeScope();
    using var ecg = new Ecg().Load(part);
    var x = ecg.ReadAll().Inputs;                               // [N, 120, 1] in millivolts; a beat is where it rises through 1 mV
    var beats = (x.narrow(1, 1, 119).gt(1) & x.narrow(1, 0, 119).le(1)).sum(dim: 1).squeeze(1);
    var card = ecg.Card with { Task = LearningTask.Classification, ClassNames = ["fewer", "two or more"], Input = new InputSpec([40, 1]) };
    return new TensorDataset(card, x.index_select(1, arange(0, 120, 3)), beats.ge(2).to_type(ScalarType.Int64));      // every third value is enough
}
