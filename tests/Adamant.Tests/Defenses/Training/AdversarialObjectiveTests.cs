using Adamant.Attacks;
using Adamant.Data;
using Adamant.Defenses.Training;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Defenses.Training;

/// <summary>The objectives on f(x) = Wx with W = [[1, −1], [−1, 1]]: for y = 0 the loss grows along (−1, 1), for y = 1 along (1, −1).</summary>
public sealed class AdversarialObjectiveTests : TensorTest
{
    private const float Epsilon = 0.1f;
    private readonly SpiedNetwork network = new(
        new InputSpec([2], 0, 1), nn.Sequential(Linear([[1, -1], [-1, 1]]), nn.Dropout(1e-9)));
    private readonly Batch batch = new(tensor(new[] { 0.5f, 0.5f, 0.3f, 0.95f }).reshape(2, 2), tensor(new[] { 0L, 0L }));
    private readonly TrainingStep step = new((outputs, labels) => nn.functional.cross_entropy(outputs, labels), 3, Cancellation);
    private static readonly float[] Worst = [0.4f, 0.6f, 0.2f, 1f];

    public static TheoryData<string> Names => ["clean + fgsm", "fgsm-rs", "pgd", "n-fgsm", "trades", "free"];

    private static IObjective Make(string name, double epsilon = Epsilon) => name switch
    {
        "clean + fgsm" => new CleanPlusFgsm(new Linf(epsilon)),
        "fgsm-rs" => new FgsmRs(new Linf(epsilon)),
        "n-fgsm" => new NFgsm(new Linf(epsilon)),
        "trades" => new Trades(new Linf(epsilon)),
        "free" => new FreeAdversarialTraining(new Linf(epsilon)),
        _ => new PgdTraining(new Linf(epsilon)),
    };

    [Fact]
    public void Clean_plus_fgsm_trains_on_the_samples_and_on_their_fgsm_examples_in_one_batch()
    {
        var loss = new CleanPlusFgsm(new Linf(Epsilon)).Loss(network, batch, step);

        Assert.Equal([0.5f, 0.5f, 0.3f, 0.95f, .. Worst], Values(network.Trained.Single()));
        // Margins z₀ − z₁ = 2 (x₀ − x₁): 0, −1.3, −0.4, −1.6; the loss is the mean of ln(1 + e^(−margin)).
        var byHand = new[] { 0, -1.3, -0.4, -1.6 }.Average(margin => Math.Log(1 + Math.Exp(-margin)));
        Assert.Equal(byHand, loss.item<float>(), 1e-6);
    }

    [Fact]
    public void Fgsm_rs_takes_one_step_of_five_quarters_from_a_random_start()
    {
        new FgsmRs(new Linf(Epsilon)).Loss(network, batch, step);

        // u + 1.25 ε in the direction of the loss, clipped to ε: between a quarter of ε and ε. Clipped to the range at the top.
        var delta = Values(network.Trained.Single() - batch.Inputs);
        Assert.All(delta.Zip([-1f, 1f, -1f]), p => Assert.InRange(p.First * p.Second, 0.25f * Epsilon - 1e-6f, Epsilon + 1e-6f));
        Assert.InRange(delta[3], 0.02f, 0.05f + 1e-6f);
        Assert.Equal(1, network.Evaluated);
    }

    [Fact]
    public void Fgsm_rs_differs_from_step_to_step_and_repeats_with_the_seed()
    {
        foreach (var seed in new[] { 1, 2, 1 }) new FgsmRs(new Linf(Epsilon)).Loss(network, batch, step with { Seed = seed });

        Assert.NotEqual(Values(network.Trained[0]), Values(network.Trained[1]));
        Assert.Equal(Values(network.Trained[0]), Values(network.Trained[2]));
    }

    [Fact]
    public void Pgd_training_trains_on_the_worst_points_of_the_ball()
    {
        new PgdTraining(new Linf(Epsilon)).Loss(network, batch, step);

        Assert.Equal(Worst, Values(network.Trained.Single()));
        Assert.Equal(7, network.Evaluated);
    }

    [Theory]
    [InlineData("clean + fgsm")]
    [InlineData("fgsm-rs")]
    [InlineData("pgd")]
    [InlineData("n-fgsm")]
    public void Attacks_the_network_as_it_is_served_and_leaves_it_training(string name)
    {
        var inputs = batch.Inputs.clone();
        network.train();

        var loss = Make(name).Loss(network, batch, step);

        Assert.True(network.training && network.children().Single().training);
        Assert.Single(network.Trained);
        Assert.True(network.Evaluated > 0);
        Assert.True(batch.Inputs.allclose(inputs, 0, 0));
        Assert.All(network.parameters(), p => Assert.Null(p.grad));
        loss.backward();
        Assert.All(network.parameters(), p => Assert.True(p.grad!.abs().max().item<float>() > 0));
    }

    [Theory, MemberData(nameof(Names))]
    public void Without_a_ball_it_is_plain_training(string name) =>
        Assert.Equal(
            new PlainObjective().Loss(network, batch, step).item<float>(), Make(name, 0).Loss(network, batch, step).item<float>(), 1e-6f);

    [Theory, MemberData(nameof(Names))]
    public void Refuses_a_regression(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => Make(name).Loss(network, new Batch(batch.Inputs, zeros(2)), step));

        Assert.Contains("Expected class numbers of type Int64 for adversarial training, got Float32.", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void Stops_when_the_training_is_canceled(string name)
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Make(name).Loss(network, batch, step with { Cancellation = cancel.Token }));
    }

    [Theory, MemberData(nameof(Names))]
    public void Leaves_no_tensor_but_the_loss(string name)
    {
        var plain = new SpiedNetwork(network.Input, Linear([[1, -1], [-1, 1]]));
        plain.train();
        Once();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) Once();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Once()
        {
            using var scope = NewDisposeScope();
            Make(name).Loss(plain, batch, step);
            plain.Trained.ForEach(t => t.Dispose());
            plain.Trained.Clear();
        }
    }

    [Fact]
    public void Are_values_that_name_themselves()
    {
        Assert.Equal(new FgsmRs(new Linf(0.1)), new FgsmRs(new Linf(0.1)));
        Assert.Equal("FgsmRs { Ball = Linf 0.1, RelativeStep = 1.25 }", new FgsmRs(new Linf(0.1)).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new FgsmRs(new Linf(0.1)) { RelativeStep = 0 });
    }

    private static float[] Values(Tensor tensor) => [.. tensor.data<float>().ToArray().Select(v => MathF.Round(v, 5))];
}
