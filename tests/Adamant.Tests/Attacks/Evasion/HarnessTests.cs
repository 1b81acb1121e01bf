using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class HarnessTests : TensorTest
{
    // One pixel; class 1 above ½. At ε = 0.1 the samples 0.45 and 0.55 can be moved over the border, 0.2 and 0.9 cannot.
    private static readonly FunctionVictim Threshold =
        new(new InputSpec([1], 0, 1), x => cat([zeros_like(x), 20 * (x - 0.5)], 1));

    private static readonly Threat Tenth = new(new Linf(0.1));

    [Fact]
    public void Counts_what_a_hand_would_count()
    {
        // The third sample is labeled wrongly, so the victim errs on it from the start.
        using var result = new Fgsm().Against(Threshold, Samples([0.2f, 0.45f, 0.2f, 0.55f], [0, 0, 1, 1]), Tenth, cancellation: Cancellation);

        Assert.Equal((3, 4), (result.CleanAccuracy.Successes, result.CleanAccuracy.Trials));
        Assert.Equal((1, 4), (result.RobustAccuracy.Successes, result.RobustAccuracy.Trials));
        Assert.Equal((2, 3), (result.Success.Successes, result.Success.Trials));
        Assert.Equal([0, 0, 0, 1], result.Samples.Select(s => s.Clean));
        Assert.Equal([0, 1, 0, 0], result.Samples.Select(s => s.Adversarial));
        Assert.Equal(0.1, result.MaxPerturbation, 1e-6);
        Assert.Equal((4, 4), (result.Forwards, result.Gradients));
        Assert.Equal("Fgsm", result.Attack);
        Assert.True(result.Throughput > 0);
    }

    [Fact]
    public void Counts_targets_that_are_reached_among_samples_that_were_not_there()
    {
        var threat = Tenth with { Target = tensor(new[] { 1L, 1L, 1L }) };

        using var result = new Fgsm().Against(Threshold, Samples([0.2f, 0.45f, 0.9f], [0, 0, 1]), threat, cancellation: Cancellation);

        Assert.Equal((1, 2), (result.Success.Successes, result.Success.Trials));
    }

    [Fact]
    public void Keeps_the_order_of_the_samples_over_batches()
    {
        using var result = new Fgsm().Against(
            Threshold, Samples([0.2f, 0.45f, 0.9f, 0.55f, 0.1f], [0, 0, 1, 1, 0]), Tenth, batchSize: 2, cancellation: Cancellation);

        Assert.Equal([0, 1, 1, 0, 0], result.Samples.Select(s => s.Adversarial));
        Assert.Equal([0.3f, 0.55f, 0.8f, 0.45f, 0.2f], result.Adversarials.data<float>().ToArray().Select(v => MathF.Round(v, 5)));
    }

    private sealed record Cheat(Func<Tensor, Tensor, Threat, Tensor> Propose) : IEvasion<IClassifier>
    {
        public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) =>
            Propose(inputs, labels, threat);
    }

    private static EvasionResult Judge(Func<Tensor, Tensor, Threat, Tensor> propose, Threat? threat = null) =>
        new Cheat(propose).Against(Threshold, Samples([0.2f, 0.45f], [0, 0]), threat ?? Tenth, cancellation: Cancellation);

    [Fact]
    public void An_attack_that_oversteps_the_ball_is_brought_back()
    {
        using var result = Judge((x, _, _) => x + 0.5);

        Assert.Equal([0, 1], result.Samples.Select(s => s.Adversarial));        // only the sample that 0.1 can move
        Assert.Equal(0.1, result.MaxPerturbation, 1e-6);
    }

    [Fact]
    public void An_attack_that_leaves_the_range_is_brought_back()
    {
        using var result = Judge((x, _, _) => x - 7, new Threat(new Linf(1)));

        Assert.Equal([0f, 0f], result.Adversarials.data<float>().ToArray());
        Assert.Equal(0.45, result.MaxPerturbation, 1e-6);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_proposal_that_is_not_a_number_is_no_move(float value)
    {
        using var result = Judge((x, _, _) => full_like(x, value));

        Assert.Equal(0, result.MaxPerturbation);
        Assert.Equal(0, result.Success.Successes);
    }

    [Fact]
    public void A_proposal_of_another_shape_or_type_is_refused()
    {
        var shape = Assert.Throws<ArgumentException>(() => Judge((x, _, _) => x.narrow(0, 0, 1)));
        var type = Assert.Throws<ArgumentException>(() => Judge((x, _, _) => x.to_type(ScalarType.Float64)));

        Assert.Equal("Expected the attack to return Float32 [2, 1], got Float32 [1, 1].", shape.Message);
        Assert.Equal("Expected the attack to return Float32 [2, 1], got Float64 [2, 1].", type.Message);
    }

    [Fact]
    public void An_attack_that_moves_the_original_and_the_label_instead_wins_nothing()
    {
        var data = Samples([0.2f, 0.45f], [0, 0]);
        var target = tensor(new[] { 1L, 1L });
        var cheat = new Cheat((x, y, threat) =>
        {
            y.fill_(1);
            threat.Target!.fill_(0);
            return x.fill_(0.9);
        });

        using var result = cheat.Against(Threshold, data, Tenth with { Target = target }, cancellation: Cancellation);

        Assert.Equal([0.2f, 0.45f], data.Inputs.data<float>().ToArray());
        Assert.Equal([0L, 0L], data.Labels.data<long>().ToArray());
        Assert.Equal([1L, 1L], target.data<long>().ToArray());
        Assert.Equal((1, 2), (result.Success.Successes, result.Success.Trials));       // what 0.1 honestly reaches
    }

    [Fact]
    public void An_attack_on_labels_only_also_works_on_a_white_box()
    {
        using var result = new Cheat((x, _, _) => x).Against(Threshold.Metered(new Meter()), Samples([0.2f], [0]), Tenth, cancellation: Cancellation);

        Assert.Equal(1, result.RobustAccuracy.Value);
    }

    public static TheoryData<float[], long[], Threat, string> Bad => new()
    {
        { [], [], Tenth, "Expected at least one sample to attack, got none." },
        { [float.NaN, 0], [0, 0], Tenth, "Expected numbers, got NaN." },
        { [0, 255], [0, 0], Tenth, "If these are 8-bit pixels, divide them by 255." },
        { [0, 1], [0, 2], Tenth, "Expected labels in 0..1, the classes of the victim, got 2 in row 1." },
        { [0, 1], [-1, 0], Tenth, "Expected labels in 0..1, the classes of the victim, got -1 in row 0." },
        { [0, 1], [0], Tenth, "Expected one label per sample, got inputs [2, 1] and labels [1]." },
        { [0, 1], [0, 0], new Threat(new Linf(8)), "Expected Linf ε of at most 1, the way across the inputs' range [0, 1], got 8. If ε is in 8-bit pixels" },
        { [0, 1], [0, 0], new Threat(new L2(1.01)), "Expected L2 ε of at most 1," },
        { [0, 1], [0, 0], Tenth with { Target = tensor(new[] { 0L }).DetachFromDisposeScope() }, "Expected targets Int64 [2], one per sample, got Int64 [1]." },
        { [0], [0], Tenth with { Target = tensor(new[] { 5L }).DetachFromDisposeScope() }, "Expected targets in 0..1, the classes of the victim, got 5 in row 0." },
    };

    [Theory, MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Refuses_what_does_not_fit_before_it_attacks(float[] inputs, long[] labels, Threat threat, string why)
    {
        var meter = new Meter();

        var error = Assert.Throws<ArgumentException>(
            () => new Fgsm().Against(Threshold.Metered(meter), Samples(inputs, labels), threat, cancellation: Cancellation));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.True(meter.Forwards <= 1);
    }

    [Fact]
    public void Refuses_samples_of_another_size_or_type()
    {
        var size = Assert.Throws<ArgumentException>(
            () => new Fgsm().Against(Threshold, new Batch(zeros(2, 3), zeros(2, ScalarType.Int64)), Tenth, cancellation: Cancellation));
        var type = Assert.Throws<ArgumentException>(
            () => new Fgsm().Against(Threshold, new Batch(zeros(2, 1, dtype: ScalarType.Byte), zeros(2, ScalarType.Int64)), Tenth, cancellation: Cancellation));
        var labels = Assert.Throws<ArgumentException>(
            () => new Fgsm().Against(Threshold, new Batch(zeros(2, 1), zeros(2)), Tenth, cancellation: Cancellation));

        Assert.StartsWith("Expected inputs of shape [N, 1], got [2, 3]. Resize or reshape them", size.Message, StringComparison.Ordinal);
        Assert.StartsWith("Expected values of type Float32, got Byte. Convert them with .to_type(ScalarType.Float32) and divide them by 255.", type.Message, StringComparison.Ordinal);
        Assert.StartsWith("Expected labels Int64 [2], one per sample, got Float32 [2].", labels.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fgsm().Against(Threshold, Samples([0], [0]), Tenth, batchSize: 0, cancellation: Cancellation));
    }

    [Fact]
    public void A_model_of_tokens_cannot_be_attacked_by_small_steps()
    {
        using var tokens = new FunctionVictim(InputSpec.Tokens(10, 1), x => zeros(x.shape[0], 2));

        var error = Assert.Throws<ArgumentException>(
            () => new Fgsm().Against(tokens, new Batch(zeros(1, 1, ScalarType.Int64), zeros(1, ScalarType.Int64)), Tenth, cancellation: Cancellation));

        Assert.Contains("Use an attack on tokens.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stops_when_the_budget_of_the_victim_is_used_up()
    {
        // 1 for the number of classes, then 2 predictions and 40 steps: a budget of 20 samples ends within the attack.
        var error = Assert.Throws<QueryBudgetException>(
            () => new Pgd().Against(Threshold.Metered(new Meter(20)), Samples([0.2f], [0]), Tenth, cancellation: Cancellation));

        Assert.StartsWith("The query budget is 20 samples: 20 are used, and the next call asks for 1.", error.Message, StringComparison.Ordinal);
    }

    private static Batch Samples(float[] inputs, long[] labels) =>
        new(inputs.Length == 0 ? zeros(0, 1) : tensor(inputs).reshape(-1, 1), labels.Length == 0 ? zeros(0, ScalarType.Int64) : tensor(labels));
}
