using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Certification;
using Adamant.Models;

namespace Adamant.Tests.Certification;

public sealed class ExactLinearTests : CertificationTest
{
    [Fact]
    public void The_distance_to_a_line_in_three_norms()
    {
        // z₁ − z₀ = 3x₀ + 4x₁ − 5 = 2 at (1, 1): 2/5 in L2, 2/7 in Linf, 2/4 in L1.
        using var network = LinearNetwork(new float[,] { { 0, 0 }, { 3, 4 } }, [0, -5]);
        var data = Rows(new[,] { { 1f, 1f }, { 1f, 0.5f } }, 1, 1);

        foreach (var (ball, first, second) in new (Ball, double, double)[] { (new L2(1), 0.4, 0), (new Linf(1), 2 / 7.0, 0), (new L1(1), 0.5, 0) })
        {
            var certificates = Certify(new ExactLinear(network), data, ball);
            Assert.Equal(first, certificates[0].Radius, 1e-7);
            Assert.Equal(second, certificates[1].Radius, 1e-7);                 // on the line: z₀ = z₁
        }
    }

    [Fact]
    public void A_perceptron_has_the_same_distance_on_both_sides()
    {
        var certificate = new ExactLinear(new Perceptron([3, 4], -5));
        var certificates = Certify(certificate, Rows(new[,] { { 1f, 1f }, { 0f, 0f } }, 1, 0), new L2(0.1));

        Assert.Equal([(1L, 0.4), (0L, 1.0)], certificates.Select(c => (c.Predicted, Math.Round(c.Radius, 7))));
        Assert.Equal("ExactLinear { Perceptron }", $"{certificate}");
    }

    [Fact]
    public void Factors_measure_each_coordinate_in_its_own_unit_and_what_cannot_be_written_does_not_count()
    {
        using var network = LinearNetwork(new float[,] { { 0, 0 }, { 3, 4 } }, [0, -5]);
        var data = Rows(new[,] { { 1f, 1f } }, 1);

        // Linf × (2, 1): 2 / (6 + 4); with x₁ out of reach, 2 / 6.
        Assert.Equal(0.2, Certify(new ExactLinear(network), data, new Scaled(new Linf(0.1), tensor(new[,] { { 2f, 1f } })))[0].Radius, 1e-7);
        Assert.Equal(1 / 3.0, Certify(new ExactLinear(network), data, new Scaled(new Linf(0.1), tensor(new[,] { { 2f, 0f } })))[0].Radius, 1e-7);
        Assert.Equal(double.PositiveInfinity, Certify(new ExactLinear(network), data, new Scaled(new Linf(0.1), tensor(new[,] { { 0f, 0f } })))[0].Radius);
    }

    [Fact]
    public void Attacks_fail_just_inside_the_radius_and_succeed_just_outside()
    {
        using var network = LinearNetwork(new float[,] { { 1, -2, 0.5f }, { 0.3f, 1, -1 } }, [0.1f, 0]);
        using var generator = new Generator(5, CPU);
        var inputs = randn([40, 3], generator: generator);
        var data = new Adamant.Data.Batch(inputs, network.call(inputs).argmax(1));
        foreach (var ball in new Ball[] { new Linf(1), new L2(1), new L1(1) })
        {
            var radii = Certify(new ExactLinear(network), data, ball).Select(c => (float)c.Radius).ToArray();
            foreach (var (factor, robust) in new[] { (0.999f, 40), (1.001f, 0) })
            {
                // A ball for each sample: its own exact radius.
                var own = new Scaled(ball, (tensor(radii) * factor).unsqueeze(1).expand(40, 3).contiguous());
                using var result = new Pgd { Steps = 60, RandomStart = false }.Against(network.AsVictim(), data, new Threat(own), cancellation: Cancellation);
                Assert.Equal(robust, result.RobustAccuracy.Successes);
            }
        }
    }

    [Fact]
    public void Crown_is_exact_on_linear_models()
    {
        using var network = LinearNetwork(new float[,] { { 1, -2 }, { 0.3f, 1 }, { -1, 0.5f } }, [0.1f, 0, -0.2f]);
        using var generator = new Generator(5, CPU);
        var inputs = randn([30, 2], generator: generator);
        var data = new Adamant.Data.Batch(inputs, network.call(inputs).argmax(1));

        foreach (var ball in new Ball[] { new Linf(0.3), new L2(0.3), new L1(0.3) })
        {
            var exact = Certify(new ExactLinear(network), data, ball).Select(c => c.Holds(ball.Radius)).ToArray();
            Assert.Equal(exact, Certify(new Crown(network), data, ball).Select(c => c.Holds(ball.Radius)));
            Assert.Contains(true, exact);
            Assert.Contains(false, exact);
        }
    }

    [Fact]
    public void A_network_with_hidden_layers_is_refused()
    {
        using var network = ByHand();
        Assert.Contains("Expected a linear model, got Mlp with hidden layers", Assert.Throws<ArgumentException>(() => new ExactLinear(network)).Message, StringComparison.Ordinal);
    }
}
