// A convolutional network beside a dense one on real pictures: fewer weights where it counts, and a picture that moves stays the same picture.
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;
using static TorchSharp.torch;

random.manual_seed(0);
using var scope = NewDisposeScope();
using var train = new FashionMini().Load(DatasetPart.Train);    // 1,500 gray pictures of clothes, 28 × 28
using var test = new FashionMini().Load(DatasetPart.Test).ReadAll();

// The arithmetic of the article: a dense layer from a photograph to 1,000 neurons, and 32 kernels of 5 × 5 that look everywhere.
Console.WriteLine($"224 x 224 x 3 to 1,000 neurons: {((224L * 224 * 3) + 1) * 1000:N0} weights; 32 kernels of 5 x 5 x 3: {((5 * 5 * 3) + 1) * 32:N0}");

var recipe = new TrainingOptions { Epochs = 4, BatchSize = 64, Optimizer = new Adam(0.002), Schedule = new CosineSchedule() };
using var convolutional = new SimpleCnn(classes: 10, channels: 1, size: 28);
new Trainer(recipe).Fit(convolutional, train);

using var pixels = train.ReadAll();                             // the same pictures as rows of 784 numbers: who is whose neighbor is lost
using var rows = new TensorDataset(train.Card with { Input = new InputSpec([784], 0, 1) }, pixels.Inputs.flatten(1), pixels.Labels.clone());
using var dense = new Mlp(784, [512], 10);
new Trainer(recipe).Fit(dense, rows);

Console.WriteLine($"moved by    convolutional             dense");
foreach (var shift in new[] { 0, 1, 2, 3 })
{
    var moved = test.Inputs.roll([shift, shift], [2, 3]);       // down and to the right
    Console.WriteLine($"{shift} pixels    {Right(convolutional, moved),-25} {Right(dense, moved.flatten(1))}");
}

Proportion Right(Network network, Tensor pictures)
{
    using var hits = network.AsVictim().Predict(pictures).eq(test.Labels);
    return new Proportion(sum(hits).item<long>(), test.Count);
}
