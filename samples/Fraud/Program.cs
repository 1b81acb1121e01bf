// Card fraud: a network that finds it, and a fraudster who knows the network but cannot change everything about a payment.
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Models;
using Adamant.Training;
using static TorchSharp.torch;

random.manual_seed(0);
using var scope = NewDisposeScope();
using var train = new Transactions().Load(DatasetPart.Train);   // simulated payments, one or two in a hundred fraudulent
using var test = new Transactions().Load(DatasetPart.Test);

using var network = new Mlp(12, [32, 16], 2);
new Trainer(new TrainingOptions { Epochs = 6, Schedule = new CosineSchedule(), ClassWeights = [1, 30] }).Fit(network, train);
var evaluation = Evaluation.Of(network.AsVictim(), test);
var fraud = evaluation.Classes[1];
Console.WriteLine($"area under the curve {evaluation.Auc:0.000}; finds {fraud.Recall} of the frauds; of its alarms {fraud.Precision} are right");

// The attacker's side: only frauds, only those that would be found matter. Each number may move by a tenth of its range ...
using var all = test.ReadAll();
var frauds = all.Labels.eq(1).nonzero().flatten();
using var caught = new Batch(all.Inputs.index_select(0, frauds), all.Labels.index_select(0, frauds));
Report("every number", new Linf(0.1));

// ... but the risk of the shop, the device and the customer's history are the bank's own: the fraudster chooses the amount and the hour.
var chooses = test.Card.FeatureNames.Select(name => name is "transaction_amount" or "hour" or "time_since_last" ? 1f : 0f).ToArray();
Report("amount, hour and waiting time", new Scaled(new Linf(0.1), tensor(chooses).reshape(1, 12)));

void Report(string what, Ball ball)
{
    using var result = new Pgd { Steps = 20 }.Against(network.AsVictim(), caught, new Threat(ball));
    Console.WriteLine($"the fraudster moves {what}: found {result.CleanAccuracy} before, {result.RobustAccuracy} after");
}
