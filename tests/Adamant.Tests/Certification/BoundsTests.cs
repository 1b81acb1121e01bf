using Adamant.Attacks;
using Adamant.Certification;
using Adamant.Models;

namespace Adamant.Tests.Certification;

public sealed class BoundsTests : CertificationTest
{
    private static readonly Linf Tenth = new(0.1);

    [Fact]
    public void Intervals_of_a_small_network_are_those_of_a_hand()
    {
        using var network = ByHand();
        var inputs = tensor(new[,] { { 1f, 0.5f } });

        // h₀ in [1.3, 1.7], h₁ in [0.3, 0.7], both above 0. z₀ − z₁ = 2h₀ − 3h₁ + 0.5, at least 2.6 − 2.1 + 0.5 = 1.
        Assert.Equal(1, new IntervalBounds(network).Lower(inputs, Tenth, tensor(new[] { 0L })).select(1, 1).item<float>(), 1e-5);
    }

    [Fact]
    public void Linear_bounds_are_exact_where_no_neuron_changes_its_mind()
    {
        using var network = ByHand();
        var inputs = tensor(new[,] { { 1f, 0.5f } });

        // 2(x₀ + x₁) − 3(x₀ − x₁) + 0.5 = −x₀ + 5x₁ + 0.5 = 2 at the center, and 0.6 less in the worst corner.
        Assert.Equal(1.4, new Crown(network).Lower(inputs, Tenth, tensor(new[] { 0L }), Cancellation).select(1, 1).item<float>(), 1e-5);
        // In L2 the dual norm of (−1, 5) is √26; in L1 it is 5.
        Assert.Equal(2 - (0.1 * Math.Sqrt(26)), new Crown(network).Lower(inputs, new L2(0.1), tensor(new[] { 0L }), Cancellation).select(1, 1).item<float>(), 1e-5);
        Assert.Equal(1.5, new Crown(network).Lower(inputs, new L1(0.1), tensor(new[] { 0L }), Cancellation).select(1, 1).item<float>(), 1e-5);
    }

    [Fact]
    public void A_crossing_neuron_is_relaxed_by_its_chord_and_the_nearer_line()
    {
        using var network = ByHand();
        var inputs = tensor(new[,] { { 1f, 0.95f } });

        // h₁ = relu(x₀ − x₁), before it [−0.15, 0.25]: at most 0.625 (z + 0.15). z₀ − z₁ ≥ 2(x₀ + x₁) − 1.875(x₀ − x₁) − 0.28125 + 0.5
        // = 0.125 x₀ + 3.875 x₁ + 0.21875 = 4.025 at the center, and 0.4 less in the worst corner.
        Assert.Equal(3.625, new Crown(network).Lower(inputs, Tenth, tensor(new[] { 0L }), Cancellation).select(1, 1).item<float>(), 1e-5);
        // Intervals: 2 · 1.75 − 3 · 0.25 + 0.5.
        Assert.Equal(3.25, new IntervalBounds(network).Lower(inputs, Tenth, tensor(new[] { 0L })).select(1, 1).item<float>(), 1e-5);
    }

    [Fact]
    public void What_is_proved_is_told_per_sample()
    {
        using var network = ByHand();
        var data = Rows(new[,] { { 1f, 0.5f }, { 1f, 0.5f }, { 1f, 0.05f } }, 0, 1, 1);

        Assert.Equal([new(0, 0, 0.1), new(1, 0, 0.1), new(1, 1, 0)], Certify(new IntervalBounds(network), data, Tenth));
        Assert.False(new SampleCertificate(1, 0, 0.1).Holds(0.1));
    }

    public static TheoryData<string, string> Networks
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var network in new[] { "mlp", "strided", "simple", "pipeline" })
                foreach (var ball in new[] { "linf", "scaled", "l2", "l1" }) all.Add(network, ball);
            return all;
        }
    }

    /// <summary>1,000 random points of the ball never leave the bounds of any layer nor the margins, and no method says less than intervals do.</summary>
    [Theory, MemberData(nameof(Networks))]
    public void Random_points_stay_within_every_bound(string name, string norm)
    {
        using var noGrad = no_grad();
        using Network network = Make(name);
        network.eval();
        var inputs = rand([1, .. network.Input.Shape]);
        Ball ball = norm switch
        {
            "linf" => new Linf(0.02),
            "scaled" => new Scaled(new Linf(0.1), rand_like(inputs) * inputs.gt(0.2)),
            "l2" => new L2(0.2),
            _ => new L1(0.5),
        };
        using var generator = new Generator(1, CPU);
        var many = inputs.expand([1000, .. network.Input.Shape]).contiguous();
        var points = ball.Place(ball.Sample(many, generator) * 1.2, many, network.Input);
        var chain = ((IChain)network).Layers;
        var label = tensor(new[] { 1L });

        foreach (var boxes in new[] { new ProvenChain(network).Bound(Box.Around(ball, inputs, network.Input)), name == "mlp" ? new Crown(network).Bound(inputs, ball, Cancellation) : [] })
        {
            var x = points;
            for (var i = 0; i < boxes.Count; i++)
            {
                Assert.True((x + 1e-5).ge(boxes[i].Lower).all().item<bool>(), $"below the bound before layer {i}");
                Assert.True((x - 1e-5).le(boxes[i].Upper).all().item<bool>(), $"above the bound before layer {i}");
                x = chain[i].call(x);
            }
        }
        var logits = network.call(points);
        var margins = logits.narrow(1, 1, 1) - logits;
        var intervals = new IntervalBounds(network).Lower(inputs, ball, label);
        var inside = new Crown(network) { IntervalsInside = true }.Lower(inputs, ball, label, Cancellation);
        Assert.True((margins + 1e-5).ge(intervals).all().item<bool>());
        Assert.True((margins + 1e-5).ge(inside).all().item<bool>());
        Assert.True((inside + 1e-5).ge(intervals).all().item<bool>());
        if (name != "mlp") return;
        var crown = new Crown(network).Lower(inputs, ball, label, Cancellation);
        Assert.True((margins + 1e-5).ge(crown).all().item<bool>());
        Assert.True((crown + 1e-5).ge(inside).all().item<bool>());
        Assert.True((crown - intervals).max().item<float>() > 0, "proves nothing more than intervals");
    }

    [Fact]
    public void Every_hidden_bound_of_crown_is_at_most_as_wide_as_that_of_intervals()
    {
        using var noGrad = no_grad();
        using var network = new StridedCnn(3, 1, 8);
        var inputs = rand(2, 1, 8, 8);
        var narrow = new Crown(network).Bound(inputs, Tenth, Cancellation);
        var wide = new ProvenChain(network).Bound(Box.Around(Tenth, inputs, network.Input));

        Assert.All(narrow.Zip(wide), pair =>
        {
            Assert.True(pair.First.Lower.ge(pair.Second.Lower - 1e-6).all().item<bool>());
            Assert.True(pair.First.Upper.le(pair.Second.Upper + 1e-6).all().item<bool>());
        });
        var (n, w) = ((narrow[^1].Upper - narrow[^1].Lower).mean().item<float>(), (wide[^1].Upper - wide[^1].Lower).mean().item<float>());
        Assert.InRange(n, 0, 0.9 * w);
    }

    [Fact]
    public void A_mean_pool_is_as_linear_as_it_looks()
    {
        using var noGrad = no_grad();
        using var network = new AveragingNetwork();
        var inputs = rand(2, 1, 4, 4);
        var label = tensor(new[] { 0L, 2L });

        var exact = new Crown(network).Lower(inputs, Tenth, label, Cancellation);
        using (enable_grad())
        {
            var x = inputs.clone().requires_grad_();
            var logits = network.call(x);
            for (var j = 0; j < 3; j++)
            {
                var margin = logits.gather(1, label.unsqueeze(1)).squeeze(1) - logits.select(1, j);
                var slope = autograd.grad([sum(margin)], [x], retain_graph: true)[0];
                var worst = inputs - (0.1 * slope.sign());
                var corner = (worst.clamp(0, 1) - inputs) * slope;
                Assert.True((margin + corner.flatten(1).sum(1) - exact.select(1, j)).abs().max().item<float>() < 1e-5);
            }
        }
    }

    [Fact]
    public void The_network_is_left_as_it_was_and_nothing_leaks()
    {
        using var network = new SimpleCnn(3, 1, 8);
        network.train();
        var data = new Adamant.Data.Batch(rand(3, 1, 8, 8), tensor(new[] { 0L, 1L, 2L }));
        var before = data.Inputs.clone();
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Certify(new IntervalBounds(network), data, Tenth);
        Certify(new Crown(network) { IntervalsInside = true }, data, Tenth);

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(network.training);
        Assert.True(before.Equals(data.Inputs));
        Assert.All(network.parameters(), p => Assert.Null(p.grad));
    }

    [Fact]
    public void Networks_and_balls_that_cannot_be_bounded_are_refused()
    {
        using var recurrent = new ElmanRnn(4, 3, 2);
        using var network = ByHand();
        var data = Rows(new[,] { { 1f, 0.5f } }, 0);

        Assert.Contains("a chain of layers", Assert.Throws<ArgumentException>(() => new IntervalBounds(recurrent)).Message, StringComparison.Ordinal);
        Assert.Contains("got L0 1", Assert.Throws<ArgumentException>(() => Certify(new Crown(network), data, new L0(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Certify(new IntervalBounds(network), Rows(new[,] { { 1f } }, 0), Tenth));
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();
        Assert.Throws<OperationCanceledException>(() => new IntervalBounds(network).Certify(data, Tenth, canceled.Token).ToArray());
    }

    private static Network Make(string name) => name switch
    {
        "mlp" => new Mlp(6, [12, 8], 3),
        "strided" => new StridedCnn(3, 1, 8),
        "simple" => new SimpleCnn(3, 2, 8),
        _ => new PipelineCnn(3, 1, 16),
    };
}
