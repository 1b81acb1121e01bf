using Adamant.Data;
using Adamant.Defenses.Inputs;
using Adamant.Victims;

namespace Adamant.Tests.Defenses.Inputs;

public sealed class DetectorTests : TensorTest
{
    private readonly ModuleVictim victim = new(Linear([[1, 0], [0, 1]]), new InputSpec([2]));

    public static TheoryData<string> Names => [.. DefenseCatalog.Detectors.Select(e => e.Name)];

    [Fact]
    public void Energy_is_the_negative_logarithm_of_the_summed_exponentials()
    {
        using var fitted = new Energy { Temperature = 2 }.Fit(victim, Points([0, 0]));

        Assert.Equal(-2 * Math.Log(Math.Exp(0.5) + Math.Exp(1.5)), Score(fitted, 1, 3), 1e-5);
    }

    [Fact]
    public void Mahalanobis_measures_from_the_nearest_class_in_units_of_the_shared_spread()
    {
        // Class 0 around (0, 0), class 1 around (10, 0): variance 4 along the first feature, 1 along the second.
        var clean = new Batch(
            tensor(new float[] { -2, -1, -2, 1, 2, -1, 2, 1, 8, -1, 8, 1, 12, -1, 12, 1 }).reshape(8, 2), tensor(new long[] { 0, 0, 0, 0, 1, 1, 1, 1 }));
        using var fitted = new Mahalanobis { Shrinkage = 0 }.Fit(victim, clean);

        Assert.Equal(1, Score(fitted, 2, 0), 1e-4);
        Assert.Equal(4, Score(fitted, 0, 2), 1e-4);
        Assert.Equal(1 + 9, Score(fitted, 8, 3), 1e-4);
    }

    [Fact]
    public void Lid_follows_its_formula()
    {
        // Neighbors of the origin at 1, 2 and 4: −1 / mean(ln ¼, ln ½, ln 1).
        using var fitted = new LocalIntrinsicDimensionality { Neighbors = 3 }.Fit(victim, Points([1, 0], [0, 2], [-4, 0], [30, 30]));

        Assert.Equal(-3 / (Math.Log(0.25) + Math.Log(0.5)), Score(fitted, 0, 0), 1e-4);
    }

    [Fact]
    public void Squeezing_measures_how_far_the_answer_moves()
    {
        var inUnit = new ModuleVictim(Linear([[4, 0], [0, 4]]), new InputSpec([2], 0, 1));
        using var fitted = new FeatureSqueezing { Bits = 1, Median = 0 }.Fit(inUnit, Points([0, 0]));

        // (0.6, 0.5) is squeezed to (1, 0) with round half to even: from sigmoid(0.4) to sigmoid(4), twice.
        Assert.Equal(2 * (Sigmoid(4) - Sigmoid(0.4)), Score(fitted, 0.6f, 0.5f), 1e-5);
        Assert.Equal(0, Score(fitted, 1, 0), 1e-6);
        Assert.Throws<ArgumentException>(() => new FeatureSqueezing { Bits = 0, Median = 0 }.Fit(inUnit, Points([0, 0])));
    }

    [Fact]
    public void The_range_check_measures_the_worst_feature_in_units_of_its_width()
    {
        using var fitted = new RangeCheck().Fit(victim, Points([0, -1], [2, 1]));

        Assert.Equal(-0.5, Score(fitted, 1, 0), 1e-6);
        Assert.Equal(0.25, Score(fitted, 1, 1.5f), 1e-6);
        Assert.Equal(1, Score(fitted, -2, 0), 1e-6);
    }

    [Fact]
    public void The_threshold_is_the_score_at_the_rank_of_the_rate()
    {
        // Half of 38 samples calibrate: scores 1 … 19. Of 20 ranks, a rate of 0.1 gives the second largest, 18.
        var inputs = arange(1, 20, dtype: ScalarType.Float32).repeat(2).reshape(38, 1);
        var one = new ModuleVictim(Linear([[-1]]), new InputSpec([1]));
        using var calibrated = Calibrated.Of(new Energy(), one, new Batch(inputs, zeros(38, ScalarType.Int64)), 0.1);

        Assert.Equal(18, calibrated.Threshold, 1e-5);
        Assert.Equal([0, 1], calibrated.Suspicion(tensor(new[] { 18f, 19f }).reshape(2, 1)).data<float>().ToArray().Select(v => MathF.Round(v, 4)));
        var error = Assert.Throws<ArgumentException>(() => Calibrated.Of(new Energy(), one, new Batch(inputs, zeros(38, ScalarType.Int64)), 0.04));
        Assert.Contains("Expected at least 48 clean samples for a rate of 0.04, got 38.", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_rate_holds_on_fresh_samples(string name)
    {
        var network = new ModuleVictim(nn.Sequential(nn.Linear(6, 16), nn.Tanh(), nn.Linear(16, 3)), new InputSpec([6], 0, 1));
        var (clean, fresh) = (rand(1000, 6), rand(2000, 6));
        var detector = name == "feature-squeezing" ? new FeatureSqueezing { Median = 0 } : DefenseCatalog.Detector(name);
        using var calibrated = Calibrated.Of(detector, network, new Batch(clean, network.Predict(clean)), 0.1);

        var stopped = sum(network.Detecting(calibrated).Predict(fresh).eq(IClassifier.Rejected)).item<long>();

        // 500 calibrate and 2,000 are fresh: the share scatters by 0.0149 around the rate.
        Assert.InRange(stopped / 2000.0, 0.04, 0.16);
    }

    [Theory, MemberData(nameof(Names))]
    public void Gives_a_gradient_and_leaves_no_tensor_behind(string name)
    {
        var images = new ModuleVictim(nn.Sequential(nn.Conv2d(1, 4, 3), nn.Tanh(), nn.Flatten(), nn.Linear(4 * 36, 3)), InputSpec.Image(1, 8, 8));
        var clean = new Batch(rand(60, 1, 8, 8), arange(60) % 3);
        Once();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++) Once();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Once()
        {
            using var scope = NewDisposeScope();
            using var calibrated = Calibrated.Of(DefenseCatalog.Detector(name), images, clean, 0.2);
            var x = rand(5, 1, 8, 8).requires_grad_();
            var gradient = autograd.grad([sum(calibrated.Suspicion(x))], [x])[0];
            Assert.True(gradient.isfinite().all().item<bool>() && gradient.abs().max().item<float>() > 0);
        }
    }

    [Fact]
    public void Features_are_what_the_last_layer_takes()
    {
        var (first, last) = (Linear([[1, 1], [0, 2], [0, 0]]), Linear([[1, 1, 1], [0, 0, 1]]));
        var features = new ModuleVictim(nn.Sequential(first, nn.ReLU(), nn.Dropout(0.9), last), new InputSpec([2])).Normalized([0], [2], (-10, 10));

        Assert.Equal([0, 2, 0], ((IFeatures)features).Features(tensor(new[] { -4f, 2f }).reshape(1, 2)).data<float>().ToArray());
        var error = Assert.Throws<ArgumentException>(() => new Mahalanobis().Fit(victim.Metered(new Meter()), Points([0, 0])));
        Assert.Contains("Mahalanobis needs the features in front of the last layer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_input_has_no_class()
    {
        using var calibrated = Calibrated.Of(new RangeCheck(), victim, new Batch(rand(100, 2), zeros(100, ScalarType.Int64)), 0.05);
        var guarded = victim.Detecting(calibrated);

        Assert.Equal([1, IClassifier.Rejected], guarded.Predict(tensor(new[] { 0.2f, 0.8f, 0.2f, 5 }).reshape(2, 2)).data<long>().ToArray());
        Assert.Equal([2, 2], guarded.Logits(rand(2, 2)).shape);
        Assert.NotNull(((IDifferentiable)guarded.Metered(new Meter())).Suspicion(rand(2, 2)));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static Batch Points(params float[][] points) => new(stack(points.Select(p => tensor(p))), zeros(points.Length, ScalarType.Int64));

    private static float Score(FittedDetector fitted, params float[] point) => fitted.Score(tensor(point).reshape(1, point.Length)).item<float>();
}
