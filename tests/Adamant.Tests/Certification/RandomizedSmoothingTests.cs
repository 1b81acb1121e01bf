using Adamant.Attacks;
using Adamant.Certification;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Certification;

public sealed class RandomizedSmoothingTests : CertificationTest
{
    private static readonly InputSpec Plane = InputSpec.Features(2);

    /// <summary>Labels only, and remembers the range of what it saw.</summary>
    private sealed class Labels(InputSpec input, Func<Tensor, Tensor> predict) : IClassifier
    {
        public InputSpec Input { get; } = input;

        public long Asked { get; private set; }

        public Tensor Predict(Tensor inputs)
        {
            Input.Check(inputs);
            Asked += inputs.shape[0];
            return predict(inputs);
        }

        public void Dispose()
        {
        }
    }

    private static Labels Constant() => new(Plane, x => zeros(x.shape[0], ScalarType.Int64));

    /// <summary>1 where 0.6 x₀ + 0.8 x₁ &gt; 0: the distance to the boundary is the left side.</summary>
    private static Labels HalfPlane() => new(Plane, x => (0.6 * x.select(1, 0) + 0.8 * x.select(1, 1)).gt(0).to_type(ScalarType.Int64));

    /// <summary>The quadrant, so that each class has one quarter at the origin.</summary>
    private static Labels Quadrants() => new(Plane, x => (2 * x.select(1, 0).gt(0).to_type(ScalarType.Int64)) + x.select(1, 1).gt(0).to_type(ScalarType.Int64));

    private static Batch Origin => Rows(new[,] { { 0f, 0f } }, 0);

    [Fact]
    public void Hits_only_prove_the_largest_radius_that_so_many_draws_can()
    {
        var certificate = Certify(new RandomizedSmoothing(Constant(), 0.25) { Draws = 1000 }, Origin, new L2(0.5)).Single();

        Assert.Equal(0L, certificate.Predicted);
        Assert.Equal(0.6158, certificate.Radius, 1e-4);                         // 0.25 Φ⁻¹(0.001^(1/1000)) = 0.25 · 2.4633
        Assert.True(certificate.Holds(0.6));
        Assert.False(certificate.Holds(0.62));
    }

    [Fact]
    public void More_draws_lift_the_ceiling() => Assert.Equal(
        0.9529, Certify(new RandomizedSmoothing(Constant(), 0.25) { Draws = 100_000, BatchSize = 10_000 }, Origin, new L2(0.5)).Single().Radius, 1e-3);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.4)]
    public void A_smoothed_line_has_the_distance_to_the_line_as_its_radius(double distance)
    {
        var at = (float)distance;
        var data = Rows(new[,] { { 0.6f * at, 0.8f * at }, { -0.6f * at, -0.8f * at } }, 1, 0);

        var certificates = Certify(new RandomizedSmoothing(HalfPlane(), 0.25) { Draws = 200_000, Selection = 1000, BatchSize = 20_000 }, data, new L2(0.1));

        Assert.Equal([1L, 0L], certificates.Select(c => c.Predicted));
        Assert.All(certificates, c => Assert.InRange(c.Radius, 0.97 * distance, distance));     // below, with 99.9 % confidence; not far
    }

    [Fact]
    public void A_radius_is_told_in_the_norm_of_the_ball()
    {
        var smoothing = new RandomizedSmoothing(Constant(), 0.25) { Draws = 1000 };
        double Radius(Ball ball) => Certify(smoothing, Origin, ball).Single().Radius;

        Assert.Equal(Radius(new L2(1)), Radius(new L1(1)));
        Assert.Equal(Radius(new L2(1)) / Math.Sqrt(2), Radius(new Linf(1)), 1e-12);
        Assert.Contains("got L0 1", Assert.Throws<ArgumentException>(() => Radius(new L0(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_class_has_the_majority_it_abstains_and_stops_early()
    {
        var full = Quadrants();
        var certificate = Certify(new RandomizedSmoothing(full, 0.25) { Draws = 10_000, BatchSize = 100 }, Origin, new L2(0.1)).Single();

        Assert.Equal(new SampleCertificate(0, IClassifier.Rejected, 0), certificate);
        Assert.InRange(full.Asked, 5000, 7500);                                 // a quarter hits: hopeless after about two thirds
    }

    /// <summary>Of 100 draws 66 must hit, as P(X ≥ 66) = 0.0009 and P(X ≥ 65) = 0.0018 for a fair coin.</summary>
    [Theory]
    [InlineData(34, 0, 100)]
    [InlineData(35, -1, 40)]
    public void It_stops_only_when_hits_in_all_remaining_draws_would_not_suffice(int misses, long predicted, int draws)
    {
        var asked = 0;
        var scripted = new Labels(Plane, x => tensor(x.data<float>().Where((_, i) => i % 2 == 0).Select(_ => asked++ is var k && k >= 10 && k < 10 + misses ? 1L : 0L).ToArray()));

        var certificate = Certify(new RandomizedSmoothing(scripted, 0.25) { Draws = 100, Selection = 10, BatchSize = 10 }, Origin, new L2(0.1)).Single();

        Assert.Equal((predicted, 10 + draws), (certificate.Predicted, asked));
        Assert.InRange(certificate.Radius, 0, 0.01);
    }

    [Fact]
    public void The_class_is_chosen_wrongly_as_seldom_as_its_probability_says()
    {
        // 0.1 from the line p = Φ(0.4) = 0.655: a majority against it in 100 draws has probability 0.001.
        var data = Rows(new[,] { { 0.06f, 0.08f }, { -0.06f, -0.08f } }, 1, 0);
        var wrong = Enumerable.Range(0, 50).Sum(seed => Certify(
            new RandomizedSmoothing(HalfPlane(), 0.25) { Draws = 400, Seed = seed }, data, new L2(0.1)).Count(c => c.Predicted == 1 - c.Label || c.Predicted == -1));

        Assert.InRange(wrong, 0, 2);
    }

    [Fact]
    public void A_victim_with_a_range_never_sees_noise_outside_of_it_and_one_without_sees_it_as_it_is()
    {
        var (low, high) = (0f, 0f);
        Tensor Watch(Tensor x)
        {
            (low, high) = (Math.Min(low, x.min().item<float>()), Math.Max(high, x.max().item<float>()));
            return zeros(x.shape[0], ScalarType.Int64);
        }
        var smoothing = new RandomizedSmoothing(new Labels(new InputSpec([2], 0, 1), Watch), 0.5) { Draws = 500 };
        Certify(smoothing, Origin, new L2(0.1));
        Assert.Equal((0f, 1f), (low, high));
        Certify(smoothing with { Base = new Labels(Plane, Watch) }, Origin, new L2(0.1));
        Assert.True(low < -1 && high > 1);
    }

    [Fact]
    public void The_smoothed_classifier_answers_what_it_is_sure_of()
    {
        using var smoothed = new RandomizedSmoothing(HalfPlane(), 0.25) { Draws = 1000 };

        Assert.Equal([1L, 0L, IClassifier.Rejected], smoothed.Predict(tensor(new[,] { { 0.3f, 0.3f }, { -0.3f, -0.3f }, { 0f, 0f } })).data<long>().ToArray());
    }

    [Fact]
    public void The_same_seed_repeats_and_another_one_differs()
    {
        var data = Rows(new[,] { { 0.1f, 0f } }, 1);
        double Radius(int seed) => Certify(new RandomizedSmoothing(HalfPlane(), 0.25) { Draws = 1000, Seed = seed }, data, new L2(0.1)).Single().Radius;

        Assert.Equal(Radius(1), Radius(1));
        Assert.NotEqual(Radius(1), Radius(2));
    }

    [Fact]
    public void Scores_of_the_smoothed_victim_are_the_mean_probabilities_and_have_a_gradient()
    {
        var white = new FunctionVictim(Plane, x => x);
        using var one = new SmoothedVictim(white, 1e-6) { Draws = 3 };
        var x = tensor(new[,] { { 1f, 0f }, { 0f, 2f } }).requires_grad_();

        var logits = one.Logits(x);
        Assert.True(logits.allclose(x.log_softmax(1), atol: 1e-4));
        Assert.NotEqual(0, autograd.grad([sum(logits.select(1, 0))], [x])[0].abs().max().item<float>());

        using var noisy = new SmoothedVictim(white, 0.5) { Draws = 4, Seed = 3 };
        Assert.True(noisy.Logits(x).Equals(noisy.Logits(x)));
        Assert.True(noisy.Logits(x).exp().sum(1).allclose(ones(2), atol: 1e-5));
    }

    [Fact]
    public void Options_out_of_range_are_refused_and_a_cancellation_is_obeyed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomizedSmoothing(Constant(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomizedSmoothing(Constant(), 0.1) { Alpha = 0.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomizedSmoothing(Constant(), 0.1) { Draws = 0 });

        using var canceled = new CancellationTokenSource();
        canceled.Cancel();
        var asked = Constant();
        Assert.Throws<OperationCanceledException>(() => new RandomizedSmoothing(asked, 0.25).Certify(Origin, new L2(1), canceled.Token).ToArray());
        Assert.Equal(0, asked.Asked);
        Assert.Equal("RandomizedSmoothing { Sigma = 0.25, Draws = 100000, Selection = 100, Alpha = 0.001, Seed = 0 }", $"{new RandomizedSmoothing(asked, 0.25)}");
    }

    [Fact]
    public void Nothing_leaks()
    {
        var data = Origin;
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope()) Certify(new RandomizedSmoothing(HalfPlane(), 0.25) { Draws = 1000 }, data, new L2(0.1));
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
