// "The dog chased the cat" and "the cat chased the dog" are the same words. Who did it? A Transformer reads the order, a bag of words cannot.
using Adamant.Data;
using Adamant.Models;
using Adamant.Texts;
using Adamant.Training;
using static TorchSharp.torch;

random.manual_seed(0);
using var scope = NewDisposeScope();
string[] animals = ["cat", "dog", "fox", "hen", "owl"];
string[] verbs = ["chased", "followed", "heard", "watched"];
string[] moods = ["", "old ", "hungry "];

var stories = (from verb in verbs
               from a in animals
               from b in animals
               where a != b
               from mood in moods
               from other in moods
               from passive in new[] { false, true }
               select (Text: passive ? $"the {mood}{b} was {verb} by the {other}{a}" : $"the {mood}{a} {verb} the {other}{b}", Doer: a, Pair: $"{a}{b}{verb}")).ToList();

// Learn from six of seven combinations of who, whom and what; ask about those that were never seen.
var unseen = stories.Select(s => s.Pair).Distinct().Where((_, i) => i % 7 == 3).ToHashSet();
var encoding = TextEncoding.Fit(stories.Where(s => !unseen.Contains(s.Pair)).Select(s => s.Text));
using var train = Set(stories.Where(s => !unseen.Contains(s.Pair)));
using var test = Set(stories.Where(s => unseen.Contains(s.Pair)));

using var network = new TransformerClassifier(encoding.Vocabulary.Count, maxLength: 16, dModel: 32, heads: 4, layers: 2, feedForward: 64, classes: animals.Length);
new Trainer(new TrainingOptions { Epochs = 10, BatchSize = 32, Optimizer = new Adam(0.003), Schedule = new CosineSchedule() }).Fit(network, train);
Console.WriteLine($"{network.ParameterCount:N0} weights, {train.Count:N0} sentences to learn from");
Console.WriteLine($"who did it, in {test.Count} sentences about combinations never seen: right on {Evaluation.Of(network.AsVictim(), test).Accuracy}");

var reader = new TextVictim(network, encoding);
foreach (var sentence in new[] { "the dog chased the cat", "the cat chased the dog", "the cat was chased by the hungry dog", "the chased by cat was the dog" })
    Console.WriteLine($"> {sentence,-40} {animals[(int)reader.Predict([sentence]).item<long>()]}");

TextDataset Set(IEnumerable<(string Text, string Doer, string Pair)> some)
{
    var rows = some.ToList();
    var card = new DatasetCard { Name = "who did it", Input = encoding.Input, Encoding = encoding, Rows = rows.Count, ClassNames = animals };
    return new TextDataset(card, [.. rows.Select(r => r.Text)], tensor(rows.Select(r => (long)Array.IndexOf(animals, r.Doer)).ToArray()));
}
