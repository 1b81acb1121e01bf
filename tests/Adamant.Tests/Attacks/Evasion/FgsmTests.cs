using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class FgsmTests : TensorTest
{
    [Fact]
    public void Steps_by_epsilon_along_the_sign_of_the_gradient()
    {
        // f(x) = Wx with W = [[1, -1, 0], [0, 0, 0]]: for y = 0 the loss grows along (-1, +1, 0).
        using var victim = new ModuleVictim(Linear([[1, -1, 0], [0, 0, 0]]), new InputSpec([3], 0, 1));

        Assert.Equal([0.4f, 0.6f, 0.5f], Attack(victim, [0.5f, 0.5f, 0.5f], new Linf(0.1)));
    }

    [Fact]
    public void Steps_along_the_gradient_itself_in_L2()
    {
        // The loss grows along (−3, 4, 0) / 5.
        using var victim = new ModuleVictim(Linear([[3, -4, 0], [0, 0, 0]]), new InputSpec([3], 0, 1));

        var moved = Attack(victim, [0.5f, 0.5f, 0.5f], new L2(0.25));

        Assert.Equal([0.35f, 0.7f, 0.5f], moved.Select(v => MathF.Round(v, 6)));
    }

    [Fact]
    public void Keeps_its_direction_where_the_model_is_nearly_certain()
    {
        // Logits 40 · (x₀, −x₀) at x₀ = ½: the gradient is of the order of 1e-16, and of its square of 1e-32.
        using var victim = new ModuleVictim(Linear([[40, 0], [-40, 0]]), new InputSpec([2], 0, 1));

        var moved = Attack(victim, [0.5f, 0.5f], new L2(0.25));

        Assert.Equal(0.25f, moved[0], 1e-6f);
        Assert.Equal(0.5f, moved[1], 1e-6f);
    }

    // The attack as tutorials print it has four pitfalls. Ours does not.

    [Fact]
    public void Pitfall_1_does_not_make_the_callers_tensor_require_gradients()
    {
        using var victim = new ModuleVictim(Linear([[1, -1], [0, 0]]), new InputSpec([2], 0, 1));
        var x = tensor(new[] { 0.5f, 0.5f }).reshape(1, 2);

        var moved = new Fgsm().Perturb(victim, x, tensor(new[] { 0L }), new Threat(new Linf(0.1)), new Run(), Cancellation);

        Assert.False(x.requires_grad);
        Assert.Null(x.grad);
        Assert.Equal([0.5f, 0.5f], x.data<float>().ToArray());
        Assert.False(moved.requires_grad);
    }

    [Fact]
    public void Pitfall_2_does_not_attack_a_network_with_dropout_on()
    {
        // Dropout of everything would leave no gradient at all.
        var network = nn.Sequential(Linear([[1, -1], [0, 0]]), nn.Dropout(1 - 1e-9));
        network.train();
        using var victim = new ModuleVictim(network, new InputSpec([2], 0, 1));

        Assert.Equal([0.4f, 0.6f], Attack(victim, [0.5f, 0.5f], new Linf(0.1)));
        Assert.True(network.training);
    }

    [Fact]
    public void Pitfall_3_does_not_add_to_the_gradients_of_the_parameters()
    {
        var layer = Linear([[1, -1], [0, 0]]);
        using var victim = new ModuleVictim(layer, new InputSpec([2], 0, 1));

        Attack(victim, [0.5f, 0.5f], new Linf(0.1));

        Assert.Null(layer.parameters().Single().grad);
        Assert.True(layer.parameters().Single().requires_grad);
    }

    [Theory]
    [InlineData(-1, 1, -0.95f, 0.95f)]
    [InlineData(0, 255, 3f, 252f)]
    [InlineData(-10000, 10000.1, -9997f, 9997f)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, -1e6f, 1e6f)]
    public void Pitfall_4_does_not_take_every_input_to_be_in_0_to_1(double min, double max, float low, float high)
    {
        var epsilon = double.IsInfinity(max) ? 8.0 : 0.04 * max;
        using var victim = new ModuleVictim(Linear([[1, -1], [0, 0]]), new InputSpec([2], min, max));

        var moved = Attack(victim, [low, high], new Linf(epsilon));

        Assert.Equal((float)Math.Max(min, low - epsilon), moved[0], 1e-6f * MathF.Abs(low));
        Assert.Equal((float)Math.Min(max, high + epsilon), moved[1], 1e-6f * MathF.Abs(high));
        victim.Predict(tensor(moved).reshape(1, 2));            // and the victim accepts what came out
    }

    private static float[] Attack(IDifferentiable victim, float[] x, Ball ball) =>
        new Fgsm().Perturb(victim, tensor(x).reshape(1, x.Length), tensor(new[] { 0L }), new Threat(ball), new Run(), Cancellation).data<float>().ToArray();
}
