using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Training;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class PgdUnderConstraintsTests : TensorTest
{
    [Fact]
    public void Does_not_stall_on_whole_numbers_that_are_longer_than_a_step()
    {
        // Steps of 2.5 · 3 / 40 = 0.19 of a whole number: rounded after each, none would ever move.
        using var victim = new ModuleVictim(Linear([[1, -1], [0, 0]]), InputSpec.Features(2));
        var rules = new FeatureConstraints([new() { IsInteger = true }, new() { IsInteger = true }]);

        Assert.Equal([2f, 8f], Attack(victim, [5, 5], new Threat(new Linf(3)) { Constraints = rules }));
    }

    [Fact]
    public void Finds_the_category_that_hurts_most()
    {
        using var victim = new ModuleVictim(Linear([[2, 1, -3, 0], [0, 0, 0, 0]]), new InputSpec([4], 0, 1));
        var rules = new FeatureConstraints([FeatureRule.Free, FeatureRule.Free, FeatureRule.Free, FeatureRule.Immutable]) { Groups = [[0, 1, 2]] };

        Assert.Equal([0f, 0f, 1f, 0.5f], Attack(victim, [1, 0, 0, 0.5f], new Threat(new Linf(1)) { Constraints = rules }));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory, MemberData(nameof(Seeds))]
    public void Reaches_the_known_optimum_of_a_linear_model(int seed)
    {
        // Margin m(x) = w·x: every feature has its own best value, and so has the group of four, of which one category cannot be reached.
        var w = randn(8, generator: new Generator((ulong)seed, CPU)).data<float>().ToArray();
        using var victim = new ModuleVictim(Linear([w, new float[8]]), InputSpec.Features(8));
        var rules = new FeatureConstraints(
        [
            new() { IsInteger = true, MaxChange = 3 }, new() { IsInteger = true, Direction = MoveDirection.Up, MaxChange = 2 }, new() { Values = [0, 0.5, 4], MaxChange = 3 },
            new() { Direction = MoveDirection.Down, MaxChange = 0.7 }, FeatureRule.Free, FeatureRule.Free, FeatureRule.Free, new() { Direction = MoveDirection.Down },
        ])
        {
            Groups = [[4, 5, 6, 7]],
        };
        float[] x = [5, 1, 0.5f, 1, 0, 1, 0, 0];
        var threat = new Threat(new Scaled(new Linf(1), tensor(new float[] { 3, 2, 3, 0.7f, 1, 1, 1, 1 }).reshape(1, 8))) { Constraints = rules };

        var best = Math.Min(2 * w[0], 8 * w[0]) + Math.Min(w[1], 3 * w[1]) + Math.Min(0, 0.5f * w[2]) + Math.Min(w[3], 0.3f * w[3]) + w[4..7].Min();
        foreach (var attack in new IEvasion<IDifferentiable>[] { new Fgsm(), new Pgd() })
        {
            var moved = attack.Perturb(victim, tensor(x).reshape(1, 8), tensor(new[] { 0L }), threat, new Run { Seed = seed }, Cancellation).data<float>().ToArray();

            Assert.True(Math.Abs(best - moved.Zip(w, (v, a) => v * a).Sum()) < 1e-4f, $"{attack}: {string.Join(", ", moved)} for {string.Join(", ", w)}");
        }
    }

    [Fact]
    public void Is_asked_about_legal_samples_only()
    {
        var rules = new FeatureConstraints([new() { IsInteger = true }, new() { IsInteger = true }]);
        var start = tensor(new[] { 5f, 5f }).reshape(1, 2);
        var linear = Linear([[1, -1], [0, 0]]);
        using var victim = new Victims.FunctionVictim(InputSpec.Features(2), x =>
        {
            Assert.Empty(rules.Violations(x.detach(), start));
            return linear.call(x);
        });

        new Pgd { Steps = 5 }.Perturb(victim, start, tensor(new[] { 0L }), new Threat(new Linf(3)) { Constraints = rules }, new Run(), Cancellation);
    }

    [Fact]
    public void Returns_the_worst_legal_sample_of_its_way()
    {
        // The loss is highest at 3 of 0 … 6, and the last step ends elsewhere.
        using var victim = new Victims.FunctionVictim(InputSpec.Features(1), x => cat([(x - 3).square(), zeros_like(x)], 1));
        var rules = new FeatureConstraints([new() { IsInteger = true }]);

        Assert.Equal([3f], Attack(victim, [0], new Threat(new Linf(6)) { Constraints = rules }));
    }

    [Fact]
    public void Adversarial_training_obeys_the_constraints()
    {
        var rules = new FeatureConstraints([FeatureRule.Immutable, new() { IsInteger = true }]);
        using var network = new Mlp(2, [4], 2);
        using var batch = new Batch(tensor(new[] { 0.25f, 3f, 0.5f, 4f }).reshape(2, 2), tensor(new[] { 0L, 1L }));
        var asked = new List<Tensor>();
        network.register_forward_pre_hook((_, x) => { asked.Add(x.detach().clone().DetachFromDisposeScope()); return x; });
        var step = new TrainingStep((outputs, labels) => nn.functional.cross_entropy(outputs, labels), 1, Cancellation);

        new PgdTraining(new Linf(2)) { Constraints = rules }.Loss(network, batch, step);

        Assert.All(asked, x => Assert.Empty(rules.Violations(x, batch.Inputs)));
        Assert.Contains(asked, x => x.ne(batch.Inputs).any().item<bool>());
    }

    private static float[] Attack(IDifferentiable victim, float[] x, Threat threat) =>
        new Pgd { RandomStart = false }.Perturb(victim, tensor(x).reshape(1, x.Length), tensor(new[] { 0L }), threat, new Run(), Cancellation).data<float>().ToArray();
}
