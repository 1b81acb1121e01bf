// Visual search: show a picture, get the five most similar of the shop. The search is as easily fooled as the network that it looks through.
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Training;
using static TorchSharp.torch;

using var scope = NewDisposeScope();
using var shop = new FashionMini().Load(DatasetPart.Train);
using var stock = shop.ReadAll();
using var queries = new FashionMini().Load(DatasetPart.Test).Take(200).ReadAll();

foreach (var (name, objective) in new (string, IObjective)[] { ("plain training", new PlainObjective()), ("trained against attacks", new FgsmRs(new Linf(0.1))) })
{
    random.manual_seed(0);
    using var network = new StridedCnn();
    new Trainer(new TrainingOptions { Epochs = 10, BatchSize = 64, Schedule = new CosineSchedule(), Objective = objective }).Fit(network, shop);

    // A picture's place is what the network says about all ten kinds; the nearest of the stock by the angle between two such answers.
    var index = Place(network, stock.Inputs);
    using var attacked = new Pgd { Steps = 10 }.Against(network.AsVictim(), queries, new Threat(new Linf(0.05)));
    Console.WriteLine($"{name}: {Precision(queries.Inputs):0} of 100 pictures found are of the kind shown, {Precision(attacked.Adversarials):0} when the picture shown is attacked");

    double Precision(Tensor shown)
    {
        using var inner = NewDisposeScope();
        var (_, found) = Place(network, shown).matmul(index.transpose(0, 1)).topk(5, 1);
        return 100 * stock.Labels.index_select(0, found.flatten()).reshape(-1, 5).eq(queries.Labels.unsqueeze(1)).to_type(ScalarType.Float32).mean().item<float>();
    }
}

static Tensor Place(Network network, Tensor pictures)
{
    using var noGrad = no_grad();
    return nn.functional.normalize(network.AsVictim().Logits(pictures), dim: 1);
}
