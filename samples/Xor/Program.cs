// XOR is what one neuron cannot learn: no line separates its corners. One hidden layer bends the line.
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;
using static TorchSharp.torch;

random.manual_seed(0);                                          // the same first weights each time
double[][] corners = [[0, 0], [0, 1], [1, 0], [1, 1]];
int[] xor = [0, 1, 1, 0];

var neuron = new Perceptron(inputs: 2);
var (mistakes, separated) = neuron.Learn(corners, xor, epochs: 1000);
Console.WriteLine($"one neuron: learned {separated}, {mistakes} mistakes in 1000 passes, and it would go on");

using var data = new TensorDataset(
    new DatasetCard { Name = "xor", Input = InputSpec.Features(2), Rows = 4, ClassNames = ["0", "1"] },
    tensor(new[] { 0f, 0, 0, 1, 1, 0, 1, 1 }).reshape(4, 2), tensor(new[] { 0L, 1, 1, 0 }));
using var network = new Mlp(inputs: 2, hidden: [8], outputs: 2);
var training = new Trainer(new TrainingOptions { Epochs = 200, Optimizer = new Adam(0.05) }).Fit(network, data);
Console.WriteLine($"one hidden layer of 8: loss {training.History[0].TrainLoss:0.00} at first, {training.History[^1].TrainLoss:0.00} at last");

// What it made of the square: a band of ones from corner to corner, which no single line could cut out.
for (var row = 1.0f; row >= 0; row -= 0.25f)
{
    using var line = stack([linspace(0, 1, 9), full(9, row)], 1);
    using var answers = network.AsVictim().Predict(line);
    Console.WriteLine("  " + string.Join(" ", answers.data<long>().ToArray()));
}
