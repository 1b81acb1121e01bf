using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class WorstOfTests : TensorTest
{
    // Class 1 where the pixel is above ½, class 2 where it is below ¼.
    private static readonly FunctionVictim Bands =
        new(new InputSpec([1], 0, 1), x => cat([zeros_like(x), 20 * (x - 0.5), 20 * (0.25 - x)], 1));

    private sealed record Shift(double By) : IEvasion<IClassifier>
    {
        public List<long> Asked { get; } = [];

        public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
        {
            Asked.Add(inputs.shape[0]);
            return inputs + By;
        }
    }

    [Fact]
    public void The_first_success_of_each_sample_counts_and_only_standing_ones_are_asked_about()
    {
        var (up, down) = (new Shift(0.1), new Shift(-0.1));
        var attack = new WorstOf<IClassifier>(up, down);

        var moved = Perturb(attack, [0.45f, 0.3f, 0.4f, 0.9f], [0, 0, 0, 0], 0.1);

        // 0.45 falls upwards, 0.3 downwards, 0.4 − 0.1 still stands, and 0.9 was wrong before.
        Assert.Equal([0.55f, 0.2f, 0.3f, 0.9f], moved.Select(v => MathF.Round(v, 5)));
        Assert.Equal([3], up.Asked);
        Assert.Equal([2], down.Asked);
    }

    [Fact]
    public void A_member_that_oversteps_takes_no_sample_from_an_honest_one()
    {
        // Up by 0.5 would win, but not within 0.1; down by 0.1 wins honestly.
        var moved = Perturb(new WorstOf<IClassifier>(new Shift(0.5), new Shift(double.NaN), new Shift(-0.1)), [0.3f], [0], 0.1);

        Assert.Equal(0.2f, moved[0], 1e-6f);
    }

    [Fact]
    public void Never_leaves_more_standing_than_its_best_member()
    {
        var network = nn.Sequential(nn.Linear(6, 16), nn.Tanh(), nn.Linear(16, 3));
        using (no_grad())
        {
            foreach (var weight in network.parameters()) weight.mul_(3);
        }
        using var victim = new ModuleVictim(network, new InputSpec([6], 0, 1));
        var inputs = rand(64, 6);
        var data = new Batch(inputs, victim.Predict(inputs));
        var threat = new Threat(new Linf(0.08));

        using var one = new Fgsm().Against(victim, data, threat, cancellation: Cancellation);
        using var worst = new WorstOf<IDifferentiable>(new Fgsm(), new Pgd { Steps = 5 }).Against(victim, data, threat, cancellation: Cancellation);
        using var repeated = new Pgd { Steps = 5 }.Repeat(4).Against(victim, data, threat, cancellation: Cancellation);

        Assert.All(one.Samples.Zip(worst.Samples), p => Assert.True(p.First.IsRobust || !p.Second.IsRobust));
        Assert.True(worst.RobustAccuracy.Value <= one.RobustAccuracy.Value);
        Assert.True(repeated.RobustAccuracy.Value < 1);
    }

    [Fact]
    public void Is_a_value_and_says_what_it_is_made_of()
    {
        var a = new WorstOf<IDifferentiable>(new Fgsm(), new Pgd());

        Assert.Equal(a, new WorstOf<IDifferentiable>(new Fgsm(), new Pgd()));
        Assert.Equal(a.GetHashCode(), new WorstOf<IDifferentiable>(new Fgsm(), new Pgd()).GetHashCode());
        Assert.NotEqual(a, new WorstOf<IDifferentiable>(new Pgd(), new Fgsm()));
        Assert.StartsWith("WorstOf(Fgsm, Pgd { Steps = 40", a.ToString(), StringComparison.Ordinal);
        Assert.Equal("3 × Fgsm", new Fgsm().Repeat<IDifferentiable>(3).ToString());
        Assert.Equal(new Fgsm(), new Fgsm().Repeat<IDifferentiable>(1));
    }

    [Fact]
    public void Refuses_to_be_made_of_nothing()
    {
        Assert.Throws<ArgumentException>(() => new WorstOf<IClassifier>());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fgsm().Repeat<IDifferentiable>(0));
    }

    private static float[] Perturb(WorstOf<IClassifier> attack, float[] x, long[] y, double epsilon) => attack
        .Perturb(Bands, tensor(x).reshape(-1, 1), tensor(y), new Threat(new Linf(epsilon)), new Run(), Cancellation).data<float>().ToArray();
}
