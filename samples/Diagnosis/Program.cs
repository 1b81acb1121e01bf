// Breast tumors from 30 measures of a biopsy (not for clinical use): accurate, and how sure is that when measures are a little off, or made so?
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Training;
using static TorchSharp.torch;

using var scope = NewDisposeScope();
using var train = new Wdbc().Load(DatasetPart.Train);           // 456 women, each measure mapped to [0, 1]
using var test = new Wdbc().Load(DatasetPart.Test);
using var samples = test.ReadAll();
var ball = new Linf(0.05);                                      // a twentieth of each measure's range

foreach (var (name, objective) in new (string, IObjective)[] { ("plain training", new PlainObjective()), ("trained against PGD", new PgdTraining(ball)) })
{
    random.manual_seed(0);
    using var network = new Mlp(30, [32], 2);
    new Trainer(new TrainingOptions { Epochs = 60, BatchSize = 32, Optimizer = new Adam(0.003), Objective = objective }).Fit(network, train);
    var malignant = Evaluation.Of(network.AsVictim(), test).Classes[0];

    var noise = (samples.Inputs + 0.05 * (2 * rand_like(samples.Inputs) - 1)).clamp(0, 1);
    var noisy = network.AsVictim().Predict(noise).eq(samples.Labels).to_type(ScalarType.Float32).mean().item<float>();
    using var pgd = new Pgd { Steps = 20 }.Repeat(3).Against(network.AsVictim(), samples, new Threat(ball));
    Console.WriteLine($"{name}: right on {pgd.CleanAccuracy}, finds {malignant.Recall} of the malignant");
    Console.WriteLine($"  each measure off by up to 0.05 at random: {100 * noisy:0.0} %; in the worst way: {pgd.RobustAccuracy}");
}
