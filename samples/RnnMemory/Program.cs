// What was the first word? A recurrent network must carry it to the end of the row, and Elman's forgets where an LSTM does not.
using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;
using static TorchSharp.torch;

using var scope = NewDisposeScope();
const int Vocabulary = 12;                                      // 2 and 3 are the words to remember, 4 … 11 the noise after them

Console.WriteLine("length   network            remembers                  gradient at the first word, by that at the last");
foreach (var length in new[] { 8, 40 })
{
    random.manual_seed(0);
    using var train = Rows(1500, length);
    using var test = Rows(500, length);
    (string Name, RecurrentText Network)[] networks =
    [
        ("Elman", new ElmanText(Vocabulary, embedding: 16, hidden: 32)),
        ("LSTM", new SimpleLstm(Vocabulary, embedding: 16, hidden: 32)),
        ("LSTM that keeps", Keeping(new SimpleLstm(Vocabulary, embedding: 16, hidden: 32))),
    ];
    foreach (var (name, network) in networks)
    {
        var recipe = new TrainingOptions { Epochs = 12, BatchSize = 50, Optimizer = new Adam(0.01), Schedule = new CosineSchedule(), GradientClip = 1 };
        var reach = Reach(network, test);                       // before training: can the error reach what caused it?
        new Trainer(recipe).Fit(network, train);
        Console.WriteLine($"{length,6}   {name,-16}   {Evaluation.Of(network.AsVictim(), test).Accuracy,-24}   {reach:0.0e+00}");
        network.Dispose();
    }
}

// The gate that forgets starts half open: after 40 steps (1/2)^40 is left. A bias of 3 opens it to 95 of 100, and the memory stays.
static SimpleLstm Keeping(SimpleLstm network)
{
    using var noGrad = no_grad();
    network.get_parameter("lstm.bias_ih_l0")!.narrow(0, network.Hidden, network.Hidden).fill_(3);
    return network;
}

static TensorDataset Rows(int count, int length)
{
    using var scope = NewDisposeScope();
    var first = randint(2, 4, [count, 1], ScalarType.Int64);
    var rows = cat([first, randint(4, Vocabulary, [count, length - 1], ScalarType.Int64)], 1);
    var card = new DatasetCard { Name = "first word", Input = InputSpec.Tokens(Vocabulary, length), Rows = count, ClassNames = ["two", "three"] };
    return new TensorDataset(card, rows, first.squeeze(1) - 2);
}

static double Reach(RecurrentText network, IDataset data)
{
    using var scope = NewDisposeScope();
    using var some = data.Read(0, 100);
    var words = network.Embed(some.Inputs).detach().requires_grad_();
    var loss = nn.functional.cross_entropy(network.FromEmbedding(words, some.Inputs), some.Labels);
    var norms = autograd.grad([loss], [words])[0].norm(2, false, 2f).mean([0L]);        // one number per place in the row
    return (norms[0] / norms[^1]).item<float>();
}
