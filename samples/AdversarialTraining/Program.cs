// Training on attacked pictures: what it gives, and what it costs. The judge is PGD, an attack that none of the defenders trained against.
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Training;
using TorchSharp;

using var train = new FashionMini().Load(DatasetPart.Train);
using var test = new FashionMini().Load(DatasetPart.Test).Take(300).ReadAll();
var ball = new Linf(0.1);

(string Name, IObjective Objective)[] ways =
[
    ("as usual", new PlainObjective()),
    ("clean and FGSM (the article's)", new CleanPlusFgsm(ball)),
    ("FGSM from a random start", new FgsmRs(ball)),
];
Console.WriteLine($"{"trained",-32} {"clean",-22} {"FGSM",-22} PGD-10");
foreach (var (name, objective) in ways)
{
    torch.random.manual_seed(0);                                // the same first weights for each
    using var network = new StridedCnn();
    new Trainer(new TrainingOptions { Epochs = 12, BatchSize = 64, Schedule = new CosineSchedule(), Objective = objective }).Fit(network, train);

    using var fgsm = new Fgsm().Against(network.AsVictim(), test, new Threat(ball));
    using var pgd = new Pgd { Steps = 10 }.Against(network.AsVictim(), test, new Threat(ball));
    Console.WriteLine($"{name,-32} {fgsm.CleanAccuracy,-22} {fgsm.RobustAccuracy,-22} {pgd.RobustAccuracy}");
}
