using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Training;

using var train = new FashionMini().Load(DatasetPart.Train);
using var test = new FashionMini().Load(DatasetPart.Test).ReadAll();

using var network = new StridedCnn();
new Trainer(new TrainingOptions { Epochs = 20, Objective = new FgsmRs(new Linf(0.1)) }).Fit(network, train);

using var result = new Pgd { Steps = 40 }.Repeat(5).Against(network.AsVictim(), test, new Threat(new Linf(0.1)));
Console.WriteLine(result.RobustAccuracy);        // the share, with its 95 % interval
