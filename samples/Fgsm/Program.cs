// The fast gradient sign method: one step along the sign of the gradient, too small to see, and the network sees something else.
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Training;
using static TorchSharp.torch;

random.manual_seed(0);
using var scope = NewDisposeScope();
using var train = new FashionMini().Load(DatasetPart.Train);
using var test = new FashionMini().Load(DatasetPart.Test).ReadAll();
using var network = new StridedCnn();                           // gray 28 × 28, ten kinds of clothes
new Trainer(new TrainingOptions { Epochs = 15, BatchSize = 64, Schedule = new CosineSchedule() }).Fit(network, train);

// How much is left as the attacker may do more. The harness asks the network again about every picture that the attack hands back.
var victim = network.AsVictim();
foreach (var epsilon in new[] { 0, 0.01, 0.02, 0.05, 0.1 })
{
    using var result = new Fgsm().Against(victim, test, new Threat(new Linf(epsilon)));
    Console.WriteLine($"each pixel by at most {epsilon,4:0.00}: right on {result.RobustAccuracy}");
}

// One picture of the panda's kind: the first that is right before and wrong after.
using var attacked = new Fgsm().Against(victim, test, new Threat(new Linf(0.05)));
var index = attacked.Samples.ToList().FindIndex(s => s.IsCorrect && !s.IsRobust);
Console.WriteLine($"picture {index}: {Say(test.Inputs)} before, {Say(attacked.Adversarials)} after");

string Say(Tensor pictures)
{
    using var noGrad = no_grad();
    var (confidence, winner) = victim.Logits(pictures.narrow(0, index, 1)).softmax(1).max(1);
    return $"{FashionMini.ClassNames[(int)winner.item<long>()]} ({100 * confidence.item<float>():0} %)";
}
