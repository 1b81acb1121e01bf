using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Datasets.Tests;

public sealed class ConstraintFilesTests : DatasetTest
{
    private const int Rows = 200;

    public static TheoryData<string, string> Pairs => new() { { "fraud", "transactions" }, { "credit", "credit" }, { "credit-default", "credit-default" } };

    [Theory, MemberData(nameof(Pairs))]
    public void Every_row_of_the_set_passes_its_schema(string file, string name)
    {
        var schema = ConstraintFiles.Open(file);
        foreach (var part in Enum.GetValues<DatasetPart>())
        {
            using var data = Set(name).Load(part);
            using var all = data.ReadAll();

            Assert.Empty(schema.Check(TableRows.Of(all, data.Card)).Take(3));
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Adversarial_rows_written_back_in_their_columns_and_units_pass_the_schema(string file, string name)
    {
        using var data = Set(name).Load(DatasetPart.Test);
        using var samples = data.Read(0, Rows);
        var schema = ConstraintFiles.Open(file);
        var rules = TableConstraints.Of(schema, data.Card);
        using var network = new Mlp((int)data.Card.Input.Shape[0], [16], 2);
        using var victim = network.AsVictim();

        foreach (var ball in new[] { rules.Around(new Linf(1), data.Card.Input), rules.Around(new L2(1.5), data.Card.Input) })
        {
            foreach (var attack in new IEvasion<IDifferentiable>[] { new Fgsm(), new Pgd { Steps = 8 } })
            {
                using var result = attack.Against(new ModuleVictim(network, data.Card.Input), samples, new Threat(ball) { Constraints = rules }, cancellation: TestContext.Current.CancellationToken);

                Assert.Empty(rules.Violations(result.Adversarials, samples.Inputs));
                Assert.Empty(schema.Check(TableRows.Of(new Batch(result.Adversarials, samples.Labels), data.Card)).Take(3));
                Assert.True(result.Adversarials.ne(samples.Inputs).any(1).to_type(ScalarType.Float32).mean().item<float>() > 0.1);
            }
        }
    }

    [Fact]
    public void Whoever_attacks_without_constraints_leaves_the_schema()
    {
        using var data = new Credit().Load(DatasetPart.Test);
        using var samples = data.Read(0, Rows);
        using var network = new Mlp(32, [16], 2);

        using var result = new Pgd { Steps = 8 }.Against(new ModuleVictim(network, data.Card.Input), samples, new Threat(new Linf(0.1)), cancellation: TestContext.Current.CancellationToken);

        Assert.NotEmpty(ConstraintFiles.Open("credit").Check(TableRows.Of(new Batch(result.Adversarials, samples.Labels), data.Card)));
    }

    [Fact]
    public void Who_asks_for_less_has_less_of_his_own_mean()
    {
        using var data = new Transactions { TrainRows = 1000, TestRows = 100 }.Load(DatasetPart.Train);
        using var samples = data.Read(500, 1);
        var rules = TableConstraints.Of(ConstraintFiles.Open("fraud"), data.Card);
        using var network = new Mlp(12, [4], 2);
        var threat = new Threat(rules.Around(new Linf(1), data.Card.Input)) { Constraints = rules };

        var moved = new Less().Against(new ModuleVictim(network, data.Card.Input), samples, threat, cancellation: TestContext.Current.CancellationToken).Adversarials;

        double Own(Tensor x, int feature) => data.Card.Units[feature].Own(x[0, feature].item<float>());
        Assert.True(Own(moved, 0) < Own(samples.Inputs, 0) - 1);
        Assert.Equal(Own(samples.Inputs, 0) / Own(samples.Inputs, 11), Own(moved, 0) / Own(moved, 11), 1e-2);
    }

    [Fact]
    public void A_name_that_nobody_knows_lists_those_that_come_along()
    {
        Assert.Equal(["credit", "credit-default", "fraud"], ConstraintFiles.Names);
        Assert.Contains("credit, credit-default, fraud", Assert.Throws<FileNotFoundException>(() => ConstraintFiles.Open("frauds")).Message, StringComparison.Ordinal);
    }

    private sealed record Less : IEvasion<IDifferentiable>
    {
        public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) => inputs - (0.05f * zeros_like(inputs).fill_(1));
    }

    private static INamedDataset Set(string name)
    {
        var set = name == "transactions" ? new Transactions { TrainRows = 2000, TestRows = 400 } : new DatasetCatalog().Find(name)!;
        Assert.SkipUnless(set.Availability.IsAvailable, $"'{name}' is {set.Availability.Reason}. {set.Availability.HowToGet}");
        return set;
    }
}
