// An LSTM reads reviews of food and says whether they praise; then somebody edits one word in seven.
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
using var train = new Reviews().Load(DatasetPart.Train, new TextOptions { Fit = new TextEncodingOptions { MaxLength = 100 } });
using var test = new Reviews().Load(DatasetPart.Test, new TextOptions { Encoding = train.Encoding });

using var network = new SimpleLstm(train.Encoding.Vocabulary.Count, embedding: 32, hidden: 32, bidirectional: true, dropout: 0.5, inputDropout: 0.5, mean: true);
new Trainer(new TrainingOptions { Epochs = 8, BatchSize = 32, Optimizer = new Adam(0.005), Schedule = new CosineSchedule() }).Fit(network, train);
Console.WriteLine($"{train.Count:N0} reviews to learn from; right on {Evaluation.Of(network.AsVictim(), test).Accuracy} of {test.Count}");

var reader = new TextVictim(network, train.Encoding);
foreach (var sentence in new[] { "The best coffee I ever had, my family loves it", "Stale, bitter, and the bag was torn", "Not bad at all" })
    Console.WriteLine($"  {sentence,-48} {test.Card.ClassNames[(int)reader.Predict([sentence]).item<long>()]}");

// The harness measures each edited text and asks the reader again, so that no attack can claim more than it did.
using var some = test.Read(0, 40);
string[] reviews = [.. test.Texts.Take(40)];
var typos = new Typos { Candidates = 3 }.Against(reader, reviews, some.Labels, new TextThreat(new WordEdits(0.15)));
var flips = new HotFlip { Candidates = 3 }.Against(reader, reviews, some.Labels, new TextThreat(new WordEdits(0.15)));
Console.WriteLine($"under typing errors  {typos.RobustAccuracy}");
Console.WriteLine($"under chosen words   {flips.RobustAccuracy}");

var shown = flips.Samples.Select((s, i) => (s, i)).Where(x => x.s.IsCorrect && !x.s.IsRobust).MinBy(x => reviews[x.i].Length).i;
Console.WriteLine($"before: {reviews[shown]}");
Console.WriteLine($"after:  {flips.Adversarials[shown]}");
