using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Victims;
using static Adamant.Tests.Attacks.Evasion.AttackCases;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>What every attack of the table has to keep, on a small network with dropout that is in the middle of its training.</summary>
public sealed class AttackContractTests : TensorTest
{
    private const int Count = 24, Features = 12, Classes = 4;
    private nn.Module<Tensor, Tensor> network;
    private ModuleVictim victim;
    private Batch data;

    public AttackContractTests() => (network, victim, data) = Setting(new InputSpec([Features], 0, 1), Features);

    /// <summary>The attack of that name; images take the place of numbers where it needs them.</summary>
    private Case Find(string name)
    {
        var c = AttackCases.Find(name);
        if (c.Images && victim.Input.Shape.Count == 1) (network, victim, data) = Setting(InputSpec.Image(1, 8, 8), 64);
        return c;
    }

    private static (nn.Module<Tensor, Tensor> Network, ModuleVictim Victim, Batch Data) Setting(InputSpec spec, long features)
    {
        var network = nn.Sequential(nn.Flatten(), nn.Linear(features, 32), nn.Tanh(), nn.Dropout(0.5), nn.Linear(32, Classes));
        using (no_grad())
        {
            foreach (var weight in network.parameters()) weight.mul_(3);            // steep enough that small moves matter
        }
        foreach (var weight in network.parameters()) weight.grad = full_like(weight, 7);
        network.train();
        var victim = new ModuleVictim(network, spec);
        var inputs = rand([Count, .. spec.Shape]);
        inputs[0].zero_();                                                          // samples that touch the bounds
        inputs[1].fill_(1);
        return (network, victim, new Batch(inputs, victim.Predict(inputs)));
    }

    [Fact]
    public void Every_attack_of_the_catalog_has_a_line_in_the_table()
    {
        var tested = All.Select(c => c.Attack.GetType()).ToHashSet();
        Assert.All(AttackCatalog.All.Where(a => !a.IsOnTexts), entry => Assert.Contains(entry.Create<IDifferentiable>().GetType(), tested));
    }

    [Theory, MemberData(nameof(Names), MemberType = typeof(AttackCases))]
    public void Stays_in_the_ball_and_in_the_range(string name)
    {
        var c = Find(name);

        var moved = Perturb(c, data.Inputs);

        Assert.Equal(data.Inputs.shape, moved.shape);
        Assert.Equal(data.Inputs.dtype, moved.dtype);
        Assert.False(moved.requires_grad);
        Assert.True(c.Ball.Measure(moved - data.Inputs).max().item<float>() <= c.Ball.Radius + 1e-6);
        Assert.True(moved.min().item<float>() >= 0 && moved.max().item<float>() <= 1);
    }

    [Theory, MemberData(nameof(Names), MemberType = typeof(AttackCases))]
    public void Beats_random_noise_of_the_same_size(string name)
    {
        var c = Find(name);
        using var generator = new Generator(1, CPU);
        var noise = c.Noise?.Invoke(data.Inputs, generator) ?? (data.Inputs + c.Ball.Steepest(c.Ball.Sample(data.Inputs, generator)) * c.Ball.Radius).clamp(0, 1);

        var moved = Perturb(c, data.Inputs);

        Assert.True(Loss(moved, data.Labels) > Loss(noise, data.Labels));
        Assert.True(Right(moved) < Right(noise), $"{Right(moved)} right after the attack, {Right(noise)} after noise");
    }

    [Theory, MemberData(nameof(Names), MemberType = typeof(AttackCases))]
    public void Moves_towards_the_target_when_there_is_one(string name)
    {
        var c = Find(name);
        var target = (data.Labels + 1).remainder(Classes);

        var moved = Perturb(c, data.Inputs, target: target);

        Assert.True(Loss(moved, target) < Loss(data.Inputs, target));
    }

    [Theory, MemberData(nameof(Names), MemberType = typeof(AttackCases))]
    public void Changes_nothing_of_the_caller_or_the_network(string name)
    {
        var attack = Find(name);
        var (inputs, labels) = (data.Inputs.clone(), data.Labels.clone());
        var target = (data.Labels + 1).remainder(Classes);
        var before = target.clone();
        var state = network.state_dict().ToDictionary(p => p.Key, p => p.Value.clone());
        network.children().First().eval();                                          // a frozen part stays frozen

        Perturb(attack, data.Inputs, target: target);

        Assert.True(Same(data.Inputs, inputs) && Same(data.Labels, labels) && Same(target, before));
        Assert.False(data.Inputs.requires_grad);
        Assert.Null(data.Inputs.grad);
        Assert.All(network.state_dict(), p => Assert.True(Same(p.Value, state[p.Key])));
        Assert.All(network.parameters(), p => Assert.True(p.requires_grad && p.grad!.eq(7).all().item<bool>()));
        Assert.True(network.training);
        Assert.Equal([false, true, true, true, true], network.children().Select(m => m.training));
    }

    [Theory, MemberData(nameof(Names), MemberType = typeof(AttackCases))]
    public void Does_nothing_when_it_is_canceled_before_it_starts(string name)
    {
        var meter = new Meter();
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => Find(name).Attack.Perturb(victim.Metered(meter), data.Inputs, data.Labels, new Threat(Find(name).Ball), new Run(), cancel.Token));
        Assert.Equal(0, meter.Calls);
    }

    [Theory, MemberData(nameof(Names), MemberType = typeof(AttackCases))]
    public void Asks_the_victim_nothing_more_once_it_is_canceled(string name)
    {
        var attack = Find(name);
        var calls = 0;
        using var cancel = new CancellationTokenSource();
        var canceling = new Victims.FunctionVictim(victim.Input, x =>
        {
            calls++;
            cancel.Cancel();
            return victim.Logits(x);
        });

        var thrown = Record.Exception(
            () => attack.Attack.Perturb(canceling, data.Inputs, data.Labels, new Threat(attack.Ball), new Run(), cancel.Token));

        Assert.True(thrown is null or OperationCanceledException, thrown?.ToString());
        Assert.Equal(1, calls);
    }

    [Theory, MemberData(nameof(Names), MemberType = typeof(AttackCases))]
    public void Gives_the_same_bytes_for_the_same_seed(string name) =>
        Assert.Equal(Perturb(Find(name), data.Inputs).bytes.ToArray(), Perturb(Find(name), data.Inputs).bytes.ToArray());

    [Theory, MemberData(nameof(NamesWithRandomness), MemberType = typeof(AttackCases))]
    public void Gives_something_else_for_another_seed(string name) =>
        Assert.False(Same(Perturb(Find(name), data.Inputs, seed: 1), Perturb(Find(name), data.Inputs, seed: 2)));

    [Theory, MemberData(nameof(NamesWithoutRandomness), MemberType = typeof(AttackCases))]
    public void Does_not_depend_on_how_the_samples_are_batched(string name)
    {
        using var whole = Find(name).Attack.Against(victim, data, new Threat(Find(name).Ball), cancellation: Cancellation);
        using var parts = Find(name).Attack.Against(victim, data, new Threat(Find(name).Ball), batchSize: 7, cancellation: Cancellation);

        Assert.Equal(whole.Samples.Select(s => s.Adversarial), parts.Samples.Select(s => s.Adversarial));
        Assert.True(whole.Adversarials.allclose(parts.Adversarials, 0, 1e-4));
    }

    [Theory, MemberData(nameof(Names), MemberType = typeof(AttackCases))]
    public void Leaves_no_tensor_behind(string name)
    {
        Once();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) Once();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Once()
        {
            using var result = Find(name).Attack.Against(victim, data, new Threat(Find(name).Ball), cancellation: Cancellation);
        }
    }

    private Tensor Perturb(Case c, Tensor inputs, int seed = 0, Tensor? target = null) =>
        c.Attack.Perturb(victim, inputs, data.Labels, new Threat(c.Ball) { Target = target }, new Run { Seed = seed }, Cancellation);

    private float Loss(Tensor inputs, Tensor labels)
    {
        using var noGrad = no_grad();
        return nn.functional.cross_entropy(victim.Logits(inputs), labels).item<float>();
    }

    private static bool Same(Tensor a, Tensor b) => a.bytes.SequenceEqual(b.bytes);

    private long Right(Tensor inputs) => sum(victim.Predict(inputs).eq(data.Labels)).item<long>();
}
