using Adamant.Attacks;
using Adamant.Data;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Tests.Training;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Defenses.Training;

/// <summary>TRADES, MART, N-FGSM, free training and weight perturbation, against their formulas.</summary>
public sealed class RobustLossTests : TensorTest
{
    private const float Epsilon = 0.1f;
    private readonly SpiedNetwork network = new(new InputSpec([2], 0, 1), Linear([[1, -1], [-1, 1]]));
    private readonly Batch batch = new(tensor(new[] { 0.6f, 0.4f }).reshape(1, 2), tensor(new[] { 0L }));
    private readonly TrainingStep step = new((outputs, labels) => nn.functional.cross_entropy(outputs, labels), 3, Cancellation);

    public RobustLossTests() => network.train();

    [Fact]
    public void Trades_is_the_loss_of_the_sample_and_the_divergence_around_it()
    {
        var loss = new Trades(new Linf(Epsilon)) { Beta = 6 }.Loss(network, batch, step).item<float>();

        // The margin 2 (x₀ − x₁) is 0.4 at the sample, and −0.0 or 0.8 at the corners of the ball: the divergence is larger at 0.
        Assert.Contains(Moved(), corner => corner is [0.5f, 0.5f] or [0.7f, 0.3f]);
        var margin = 2 * (Moved().Single()[0] - Moved().Single()[1]);
        var (p, q) = (Sigmoid(0.4), Sigmoid(margin));
        var divergence = (p * Math.Log(p / q)) + ((1 - p) * Math.Log((1 - p) / (1 - q)));
        Assert.Equal(-Math.Log(p) + (6 * divergence), loss, 1e-5);
    }

    [Fact]
    public void Mart_boosts_attacked_samples_and_weighs_the_divergence_by_doubt()
    {
        var loss = new Mart(new Linf(Epsilon)) { Beta = 5 }.Loss(network, batch, step).item<float>();

        Assert.Equal([0.5f, 0.5f], Moved().Single());
        var (p, q) = (Sigmoid(0.4), 0.5);
        var boosted = -Math.Log(q) - Math.Log(1 - (1 - q) + 1e-4);
        var divergence = (p * Math.Log(p / q)) + ((1 - p) * Math.Log((1 - p) / (1 - q)));
        Assert.Equal(boosted + (5 * divergence * (1 - p)), loss, 1e-5);
    }

    [Fact]
    public void N_fgsm_leaves_the_ball_but_not_the_range()
    {
        var many = new Batch(full([500, 2], 0.5f), zeros(500, ScalarType.Int64));

        new NFgsm(new Linf(Epsilon)).Loss(network, many, step);

        // −ε plus uniform noise of ±2 ε along the first, +ε plus the same along the second.
        var first = network.Trained.Single().select(1, 0) - 0.5;
        Assert.InRange(first.min().item<float>(), -0.301f, -0.28f);
        Assert.InRange(first.max().item<float>(), 0.08f, 0.101f);
        Assert.Equal(-0.1f, first.mean().item<float>(), 0.02f);

        new NFgsm(new Linf(0.6)).Loss(network, many, step);
        Assert.InRange(network.Trained[1].min().item<float>(), 0, 1);
    }

    [Fact]
    public void Free_training_climbs_by_the_gradient_of_the_learning_itself()
    {
        var free = new FreeAdversarialTraining(new Linf(Epsilon)) { Replays = 3 };

        foreach (var loss in free.Losses(network, batch, step)) loss.backward();

        Assert.Equal(3, network.Trained.Count);
        Assert.Equal(0, network.Evaluated);                     // no pass is spent on the attack alone
        Assert.Equal([0.5f, 0.5f], Moved()[2]);                 // one step of ε reaches the far side from anywhere, a second stays
        Assert.Throws<InvalidOperationException>(() => free.Losses(network, batch, step).ToList());
    }

    [Fact]
    public void Free_training_takes_a_step_of_the_optimizer_after_each_replay()
    {
        var rows = new TensorDataset(new DatasetCard { Name = "two", Input = new InputSpec([2], 0, 1), Rows = 4, ClassNames = ["a", "b"] }, rand(4, 2), arange(4) % 2);
        var tiny = new TinyNetwork(new InputSpec([2], 0, 1), 2);
        var counted = new Counting(new FreeAdversarialTraining(new Linf(Epsilon)) { Replays = 5 }, tiny);

        new Trainer(new TrainingOptions { Epochs = 1, BatchSize = 4, ValidationFraction = 0, Objective = counted }).Fit(tiny, rows, cancellation: Cancellation);

        Assert.Equal(5, counted.Seen.Distinct().Count());
    }

    [Fact]
    public void Awp_gives_the_loss_and_the_gradient_of_the_worst_weights_nearby()
    {
        // L(w) = w² at w = 3 as a 1 × 1 layer: uphill is +1, so v = γ · 3 and the loss is (3.3)², its slope 6.6.
        var layer = Linear([[3]]);
        var square = new SpiedNetwork(new InputSpec([1]), layer);
        square.train();
        var squared = step with { Criterion = (outputs, _) => outputs.square().mean() };
        var one = new Batch(ones(1, 1), zeros(1, ScalarType.Int64));

        var loss = new Awp(new PlainObjective()) { Gamma = 0.1 }.Loss(square, one, squared);
        loss.backward();

        Assert.Equal(10.89f, loss.item<float>(), 1e-4f);
        Assert.Equal(6.6f, layer.parameters().Single().grad!.item<float>(), 1e-5f);
        Assert.Equal(3f, layer.parameters().Single().item<float>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Awp_restores_the_weights_to_the_last_bit_whatever_happens(bool fails)
    {
        var tiny = new TinyNetwork(new InputSpec([2], 0, 1), 2);
        var before = tiny.Weights();
        var calls = 0;
        var failing = step with
        {
            Criterion = (outputs, labels) =>
            {
                if (++calls == 2 && fails) throw new OperationCanceledException();
                Assert.Equal(calls == 1, before.SequenceEqual(tiny.Weights()));
                return nn.functional.cross_entropy(outputs, labels);
            },
        };

        var thrown = Record.Exception(() => new Awp(new PlainObjective()).Loss(tiny, batch, failing));

        Assert.Equal(fails, thrown is OperationCanceledException);
        Assert.Equal(2, calls);
        Assert.Equal(before, tiny.Weights());
        Assert.All(tiny.parameters(), p => Assert.Null(p.grad));
    }

    [Fact]
    public void Awp_around_trades_learns()
    {
        var rows = new TensorDataset(
            new DatasetCard { Name = "two", Input = new InputSpec([2], 0, 1), Rows = 64, ClassNames = ["a", "b"] }, rand(64, 2), zeros(64, ScalarType.Int64));
        using var all = rows.ReadAll();
        var separable = new TensorDataset(rows.Card, all.Inputs.clone(), all.Inputs.select(1, 0).gt(0.5).to_type(ScalarType.Int64));
        var tiny = new TinyNetwork(new InputSpec([2], 0, 1), 2);
        var objective = new Awp(new Trades(new Linf(0.02)) { Steps = 2 }) { Gamma = 0.005 };

        var result = new Trainer(new TrainingOptions { Epochs = 40, BatchSize = 16, ValidationFraction = 0, Objective = objective, Optimizer = new Adam(0.01) })
            .Fit(tiny, separable, cancellation: Cancellation);

        Assert.True(result.History[^1].TrainLoss < 0.6 * result.History[0].TrainLoss);
        Assert.Equal("Awp { Inner = Trades { Ball = Linf 0.02, Beta = 6, Steps = 2, RelativeStep = 0.25 }, Gamma = 0.005 }", objective.ToString());
    }

    private float[][] Moved() => [.. network.Trained.Select(t => t.data<float>().ToArray().Select(v => MathF.Round(v, 4)).ToArray()).Where(v => !v.SequenceEqual([0.6f, 0.4f]))];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Looks at the weights in front of each loss.</summary>
    private sealed class Counting(IObjective inner, TinyNetwork network) : IObjective
    {
        public List<string> Seen { get; } = [];

        public Tensor Loss(Network net, Batch batch, TrainingStep step) => inner.Loss(net, batch, step);

        public IEnumerable<Tensor> Losses(Network net, Batch batch, TrainingStep step)
        {
            foreach (var loss in inner.Losses(net, batch, step))
            {
                Seen.Add(string.Join(' ', network.Weights()));
                yield return loss;
            }
        }
    }
}
