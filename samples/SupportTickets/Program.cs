// Support tickets find their desk: "charged twice for the same transaction" and seven other matters. Then customers type as they do.
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Texts;
using Adamant.Training;
using static TorchSharp.torch;

random.manual_seed(0);
using var scope = NewDisposeScope();
var fit = new TextEncodingOptions { MinCount = 1 };             // few tickets: every word counts
using var train = new Tickets().Load(DatasetPart.Train, new TextOptions { Fit = fit });
using var test = new Tickets().Load(DatasetPart.Test, new TextOptions { Encoding = train.Encoding });
var desks = train.Card.ClassNames;

using var network = new SimpleLstm(train.Encoding.Vocabulary.Count, embedding: 32, hidden: 32, desks.Count, bidirectional: true, dropout: 0.5, inputDropout: 0.5, mean: true);
new Trainer(new TrainingOptions { Epochs = 60, BatchSize = 16, Optimizer = new Adam(0.01), Schedule = new CosineSchedule() }).Fit(network, train);
Console.WriteLine($"{train.Count} tickets to learn from; right on {Evaluation.Of(network.AsVictim(), test).Accuracy} of {test.Count}");

// Honesty: with so few tickets, counting words is a rival. It is always worth a line.
using var counting = LinearBaseline.Fit(train);
Console.WriteLine($"counting words, without a network: {counting.Accuracy(test)}");

var reader = new TextVictim(network, train.Encoding);
foreach (var ticket in new[] { "I was charged twice for the same transaction", "The app closes as soon as I open it", "My parcel never came" })
    Console.WriteLine($"> {ticket,-46} {desks[(int)reader.Predict([ticket]).item<long>()]}");

// One typing error in twenty letters, wherever it hurts most. A reader that numbers words does not know a word that is misspelled.
using var all = test.ReadAll();
var typed = new Typos().Against(reader, test.Texts, all.Labels, new TextThreat(new CharacterEdits(0.05)));
Console.WriteLine($"with typing errors: right on {typed.RobustAccuracy}");
var shown = typed.Samples.Select((s, i) => (s, i)).Where(x => x.s.IsCorrect && !x.s.IsRobust).MinBy(x => test.Texts[x.i].Length);
Console.WriteLine($"> {typed.Adversarials[shown.i]}");
Console.WriteLine($"> went to {desks[(int)shown.s.Adversarial]}, not to {desks[(int)shown.s.Label]}");
