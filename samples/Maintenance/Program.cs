// Predictive maintenance: eight sensors of a pump over 30 cycles. Will it fail within the next 20? And who could hide that?
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
using var train = Pumps(seed: 0);
using var test = Pumps(seed: 1);                                // other pumps

using var network = new ElmanRnn(features: 8, hidden: 32, classes: 2) { Standardization = Standardization.Fit(train) };
new Trainer(new TrainingOptions { Epochs = 8, BatchSize = 64, Optimizer = new Adam(0.003), Schedule = new CosineSchedule(), GradientClip = 1 }).Fit(network, train);
var evaluation = Evaluation.Of(network.AsVictim(), test);
Console.WriteLine($"{train.Count:N0} windows to learn from; on other pumps: area under the curve {evaluation.Auc:0.000}, failures found {evaluation.Classes[1].Recall}");

// Somebody wants a worn pump to look sound. Each sensor may be off by half of its own deviation: one ε would be much for one and nothing for another.
using var all = test.ReadAll();
var worn = all.Labels.eq(1).nonzero().flatten()[..200];
using var failing = new Batch(all.Inputs.index_select(0, worn), all.Labels.index_select(0, worn));
var deviations = tensor(network.Standardization!.Std.Select(s => float.IsFinite(s) ? s : 1).ToArray()).reshape(1, 1, 8);     // 1: a sensor that never moved
var sensors = new Scaled(new Linf(0.5), deviations);
Report("all sensors", new Pgd { Steps = 20 }, sensors);

// Speed and current come from the drive, over a network that can be reached; or nothing may jump; or whoever writes live does not know what comes.
var reachable = tensor(new[] { 0f, 0f, 0f, 1f, 1f, 0f, 0f, 0f }).reshape(1, 1, 8);
var two = new Scaled(new Linf(0.5), deviations * reachable);
Report("speed and current", new Pgd { Steps = 20 }, two);
Report("all sensors, without jumps", new Pgd { Steps = 20 }, new Scaled(new Smooth(new Linf(0.5), Slope: 0.05), deviations));
Report("all sensors, live", new Fgsm().Online(), sensors);

void Report(string what, IEvasion<IDifferentiable> attack, Ball ball)
{
    using var result = attack.Against(network.AsVictim(), failing, new Threat(ball));
    Console.WriteLine($"  {what,-28} failures found {result.RobustAccuracy}");
}

static TensorDataset Pumps(int seed)
{
    var pumps = new Degradation { Seed = seed, TrainUnits = 40 }.Table(DatasetPart.Train);       // whole lives, from new to failed
    var card = new DatasetCard { Name = "pumps", Input = new InputSpec([30, 8]), Rows = 1, ClassNames = ["sound", "fails within 20 cycles"] };
    return new Windows(30) { Stride = 3 }.Cut(pumps, card, (pump, cycle) => pump.Rows.Count - cycle <= 20 ? 1 : 0);
}
