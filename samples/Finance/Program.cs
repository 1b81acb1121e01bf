// A share: twenty days of return, range and volume. Up or down is a coin; whether tomorrow is quiet or volatile is not, and can be made to look otherwise.
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Training;
using static TorchSharp.torch;

random.manual_seed(0);
using var scope = NewDisposeScope();
using var train = new Market().Load(DatasetPart.Train);         // simulated days; the test comes after them in time
using var test = new Market().Load(DatasetPart.Test);

using var network = new ElmanRnn(features: 3, hidden: 16, classes: 2) { Standardization = Standardization.Fit(train) };
new Trainer(new TrainingOptions { Epochs = 5, BatchSize = 64, Optimizer = new Adam(0.003), Schedule = new CosineSchedule(), GradientClip = 1 }).Fit(network, train);
Console.WriteLine($"quiet or volatile tomorrow: right on {Evaluation.Of(network.AsVictim(), test).Accuracy}");

// Honesty: the simplest forecast there is. A day is volatile when its move is above the median of the training days.
using var learned = train.ReadAll();
using var days = test.ReadAll();
var median = learned.Inputs[TensorIndex.Colon, -1, 0].abs().median();
var asToday = days.Inputs[TensorIndex.Colon, -1, 0].abs().gt(median).to_type(ScalarType.Int64).eq(days.Labels);
Console.WriteLine($"the same as today:          right on {new Proportion(sum(asToday).item<long>(), days.Count)}");

// A manipulator cannot rewrite prices, and not the past. Orders that are placed and withdrawn move the volume of the last days.
var deviations = tensor(network.Standardization!.Std.ToArray()).reshape(1, 1, 3);
var volumeOnly = tensor(new[] { 0f, 0f, 1f }).reshape(1, 1, 3);
Report("everything, half a deviation", deviations);
Report("the volume of all days", deviations * volumeOnly);
Report("the volume of the last five", deviations * volumeOnly * arange(20).ge(15).to_type(ScalarType.Float32).reshape(1, 20, 1));

void Report(string what, Tensor factors)
{
    using var result = new Pgd { Steps = 20 }.Against(network.AsVictim(), days, new Threat(new Scaled(new Linf(0.5), factors)));
    Console.WriteLine($"  {what,-30} right on {result.RobustAccuracy}");
}
