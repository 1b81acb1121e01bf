using Adamant.Data;

namespace Adamant.Datasets.Tests;

public sealed class TransactionsTests : DatasetTest
{
    private static readonly Transactions Small = new() { TrainRows = 8000, TestRows = 2000 };

    [Fact]
    public void One_to_two_payments_in_a_hundred_are_fraud_and_every_scenario_occurs()
    {
        var payments = new Transactions().Payments();

        Assert.InRange(payments.Count(p => p.Fraud != FraudScenario.None) / (double)payments.Count, 0.01, 0.02);
        Assert.All(Enum.GetValues<FraudScenario>(), scenario => Assert.InRange(payments.Count(p => p.Fraud == scenario), 40, payments.Count));
    }

    [Fact]
    public void Payments_come_in_the_order_of_time_and_the_test_lies_after_the_training()
    {
        var payments = Small.Payments();

        Assert.Equal(payments.OrderBy(p => p.Time), payments);
        Assert.Equal(10_000, payments.Count);
    }

    [Fact]
    public void Features_are_what_the_formulas_say()
    {
        var payments = Small.Payments();
        using var data = Small.Load(DatasetPart.Train);

        // The first payment of all has no history: nothing in the last hour or day, its own mean, and the longest waiting time.
        var first = Values(data.Read(0, 1).Inputs);
        Assert.Equal((float)(Math.Log(1 + payments[0].Amount) / Math.Log(20_001)), first[0], 5);
        Assert.Equal((float)payments[0].CountryRisk, first[1], 5);
        Assert.Equal((float)(0.5 + (0.5 * Math.Cos((payments[0].Hour - 3) / 24 * Math.Tau))), first[2], 5);
        Assert.Equal([1, 0, 0, (float)(Math.Log(2) / Math.Log(101))], first[8..], (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Thieves_differ_from_customers_in_the_features_of_their_scenario()
    {
        var payments = Small.Payments();
        using var data = Small.Load(DatasetPart.Train);
        var x = data.ReadAll().Inputs;
        double Mean(FraudScenario scenario, string feature)
        {
            var rows = Enumerable.Range(0, (int)data.Count).Where(r => payments[r].Fraud == scenario).Select(r => (long)r).ToArray();
            return x[tensor(rows), data.Card.FeatureNames.ToList().IndexOf(feature)].mean().item<float>();
        }

        Assert.True(Mean(FraudScenario.StolenCard, "count_last_hour") > 5 * Mean(FraudScenario.None, "count_last_hour"));
        Assert.True(Mean(FraudScenario.AccountTakeover, "foreign") > 0.9 && Mean(FraudScenario.None, "foreign") < 0.2);
        Assert.True(Mean(FraudScenario.AccountTakeover, "ratio_to_own_mean") > Mean(FraudScenario.None, "ratio_to_own_mean") + 0.1);
        Assert.True(Mean(FraudScenario.CompromisedMerchant, "time_risk") > 0.9 && Mean(FraudScenario.None, "time_risk") < 0.5);
    }

    [Fact]
    public void The_same_seed_gives_the_same_payments_and_another_seed_others()
    {
        Assert.Equal(new TransactionSimulator(5).Run(20, 10), new TransactionSimulator(5).Run(20, 10));
        Assert.NotEqual(new TransactionSimulator(5).Run(20, 10), new TransactionSimulator(6).Run(20, 10));
    }

    [Fact]
    public void The_three_features_of_the_article_can_be_chosen()
    {
        using var all = Small.Load(DatasetPart.Test);
        using var three = new Transactions { TrainRows = 8000, TestRows = 2000, Features = Transactions.ArticleFeatures }.Load(DatasetPart.Test);

        Assert.Equal([2000, 3], three.ReadAll().Inputs.shape);
        Assert.Equal(Values(all.ReadAll().Inputs.narrow(1, 0, 3)), Values(three.ReadAll().Inputs));
    }

    [Fact]
    public void Refuses_features_and_sizes_that_do_not_exist()
    {
        Assert.Contains("blood_type", Assert.Throws<ArgumentException>(() => new Transactions { Features = ["blood_type"] }.Load(DatasetPart.Train)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Transactions { TestRows = 1 }.Load(DatasetPart.Train));
    }
}
