using System.Globalization;
using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Bench;

/// <summary>Fraud and credit: what attackers do who may do anything, and those who are held to what a person can do; and networks that were trained against the latter.</summary>
/// <remarks>Attacked are the samples of class 1 of the test that the network finds, at most 300; the attacker wants class 0. The set credit-default needs the user's files.</remarks>
internal static class TableStudy
{
    private const int Attacked = 300;
    private const double Anything = 0.1;
    private static readonly (string Set, string File)[] Sets = [("transactions", "fraud"), ("credit", "credit"), ("credit-default", "credit-default")];
    private static readonly (string Name, int[] Hidden)[] Networks = [("perceptron", []), ("mlp 32, 16", [32, 16])];
    private static readonly string[] BlackBoxes = ["square", "hop-skip-jump"];

    /// <summary>Runs the study of one set, or of all that are there.</summary>
    public static void Run(TextWriter output, string which)
    {
        set_num_threads(1);
        foreach (var (name, file) in Sets.Where(s => which == "all" || s.Set == which))
        {
            var set = new DatasetCatalog().Find(name)!;
            if (!set.Availability.IsAvailable)
            {
                output.WriteLine($"{name}: {set.Availability.Reason}. {set.Availability.HowToGet}\n");
                continue;
            }
            using var scope = NewDisposeScope();
            using var train = set.Load(DatasetPart.Train);
            using var test = set.Load(DatasetPart.Test);
            Study(output, train, test, ConstraintFiles.Open(file));
        }
    }

    private static void Study(TextWriter output, IDataset train, IDataset test, TableSchema schema)
    {
        var rules = TableConstraints.Of(schema, test.Card);
        var ball = rules.Around(new Linf(1), test.Card.Input);
        output.WriteLine($"**{test.Card.Name}**: {rules}\n");
        output.WriteLine("| network, training | AUC | accuracy, % | class 1 found, % | attack | attacked | still found, % | legal rows, % |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (name, hidden) in Networks)
        {
            foreach (var (training, objective) in new (string, IObjective)[] { ("plain", new PlainObjective()), ("PGD-7 under the constraints", new PgdTraining(ball) { Constraints = rules }) })
            {
                manual_seed(0);
                using var network = new Mlp((int)test.Card.Input.Shape[0], hidden, 2);
                Fit(network, train, objective);
                Attack(output, $"{name}, {training}", network, test, schema, rules, ball);
            }
        }
        output.WriteLine();
    }

    private static void Fit(Network network, IDataset train, IObjective objective)
    {
        using var all = train.ReadAll();
        var share = all.Labels.to_type(ScalarType.Float32).mean().item<float>();
        new Trainer(new TrainingOptions
        {
            Epochs = 8,
            Schedule = new CosineSchedule(),
            ClassWeights = [0.5f / (1 - share), 0.5f / share],
            Objective = objective,
            Optimizer = new Adam { LearningRate = 0.003 },
        }).Fit(network, train);
    }

    private static void Attack(TextWriter output, string name, Network network, IDataset test, TableSchema schema, FeatureConstraints rules, Ball ball)
    {
        using var scope = NewDisposeScope();
        using var victim = new ModuleVictim(network, test.Card.Input);
        var evaluation = Evaluation.Of(victim, test);
        using var all = test.ReadAll();
        var found = (all.Labels.eq(1) & victim.Predict(all.Inputs).eq(1)).nonzero().flatten();
        found = found.narrow(0, 0, Math.Min(Attacked, found.shape[0]));
        using var caught = new Batch(all.Inputs.index_select(0, found), all.Labels.index_select(0, found));
        var wanted = zeros_like(caught.Labels);
        var head = string.Create(CultureInfo.InvariantCulture, $"| {name} | {evaluation.Auc:0.000} | {100 * evaluation.Accuracy!.Value.Value:0.0} | {100 * evaluation.Classes[1].Recall.Value:0.0} |");
        var held = new Threat(ball) { Target = wanted, Constraints = rules };
        var pgd = new Pgd { Steps = 40 }.Repeat(3);
        Line($"PGD-40 × 3, no constraints, ε {Anything}", pgd, new Threat(new Linf(Anything)) { Target = wanted });
        Line("FGSM, constraints", new Fgsm(), held);
        Line("PGD-40 × 3, constraints", pgd, held);
        foreach (var black in BlackBoxes.Where(b => AttackCatalog.All.Any(a => a.Name == b))) Line($"{black}, constraints", AttackCatalog.Find(black).Create<IDifferentiable>(), held);

        void Line(string attack, IEvasion<IDifferentiable> evasion, Threat threat)
        {
            using var result = evasion.Against(victim, caught, threat);
            var illegal = rules.Violations(result.Adversarials, caught.Inputs).Select(v => (int)v.Row)
                .Concat(schema.Check(TableRows.Of(new Batch(result.Adversarials, caught.Labels), test.Card)).Select(v => v.Row)).Distinct().Count();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{head} {attack} | {caught.Count} | {100 * result.RobustAccuracy.Value:0.0} | {100.0 * (caught.Count - illegal) / caught.Count:0.0} |"));
            head = "| | | | |";
        }
    }
}
