using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Tests.Attacks;

public sealed class AttackCheckpointTests : TensorTest
{
    private readonly TemporaryFolder folder = new();
    private readonly ModuleVictim victim;
    private readonly Batch data;
    private readonly Threat threat = new(new Linf(0.04));

    public AttackCheckpointTests()
    {
        var network = nn.Sequential(nn.Linear(16, 32), nn.Tanh(), nn.Linear(32, 10));
        using (no_grad())
        {
            foreach (var weight in network.parameters()) weight.mul_(2);
        }
        victim = new ModuleVictim(network, new InputSpec([16], 0, 1));
        var inputs = rand(30, 16);
        data = new Batch(inputs, victim.Predict(inputs));
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    public static TheoryData<int> Breaks => [1, 4, 20, 60, 90, 150, 230];

    [Theory, MemberData(nameof(Breaks))]
    public void An_interrupted_run_ends_as_one_that_was_not(int calls)
    {
        var attack = new AutoAttack { Steps = 6, Queries = 20 };
        using var whole = Attack(attack, victim, null);
        var path = folder["attack.safetensors"];

        using (var cancel = new CancellationTokenSource())
        {
            var left = calls;
            var breaking = new Victims.FunctionVictim(victim.Input, x =>
            {
                if (--left == 0) cancel.Cancel();
                return victim.Logits(x);
            });
            Assert.ThrowsAny<OperationCanceledException>(() => { Attack(attack, breaking, path, cancel.Token).Dispose(); });
        }
        using var resumed = Attack(attack, victim, path);
        using var again = Attack(attack, victim, path);

        foreach (var other in new[] { resumed, again })
        {
            Assert.Equal(whole.Samples, other.Samples);
            Assert.True(whole.Adversarials.bytes.SequenceEqual(other.Adversarials.bytes));
            Assert.Equal((whole.Forwards, whole.Gradients), (other.Forwards, other.Gradients));
            Assert.Equal(whole.Warnings, other.Warnings);
        }
    }

    [Fact]
    public void Finished_batches_and_stages_are_not_run_again()
    {
        var (attack, path, calls) = (new WorstOf<IDifferentiable>(new Fgsm(), new Pgd { Steps = 3 }), folder["a.safetensors"], 0);
        var counting = new Victims.FunctionVictim(victim.Input, x =>
        {
            calls++;
            return victim.Logits(x);
        });
        Attack(attack, counting, path).Dispose();
        var first = calls;
        Attack(attack, counting, path).Dispose();

        Assert.Equal(1 + (2 * 4), calls - first);                       // the harness's own: the classes, and two questions about each of four batches
    }

    [Fact]
    public void The_checkpoint_of_another_run_is_refused()
    {
        var path = folder["a.safetensors"];
        Attack(new Fgsm(), victim, path).Dispose();

        var run = new Run { Checkpoint = new AttackCheckpoint(path, "model") };
        var others = new Action[]
        {
            () => Attack(new Pgd(), victim, path).Dispose(),
            () => Attack(new Fgsm(), victim, path, model: "another").Dispose(),
            () => new Fgsm().Against(victim, data, new Threat(new Linf(0.05)), run, 8, Cancellation).Dispose(),
            () => new Fgsm().Against(victim, new Batch(data.Inputs, (data.Labels + 1).remainder(10)), threat, run, 8, Cancellation).Dispose(),
            () => new Fgsm().Against(victim, data, threat, run with { Seed = 1 }, 8, Cancellation).Dispose(),
            () => new Fgsm().Against(victim, data, threat, run, 9, Cancellation).Dispose(),
        };
        Assert.All(others, other => Assert.Throws<InvalidDataException>(other));
    }

    private EvasionResult Attack(IEvasion<IDifferentiable> attack, IDifferentiable on, string? path, CancellationToken? cancellation = null, string model = "model") =>
        attack.Against(
            on, data, threat, new Run { Checkpoint = path is null ? null : new AttackCheckpoint(path, model) { Every = TimeSpan.Zero } }, 8, cancellation ?? Cancellation);
}
