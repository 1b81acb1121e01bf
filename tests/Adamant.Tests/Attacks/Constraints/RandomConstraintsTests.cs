using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Tests.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Constraints;

/// <summary>Whatever the constraints are, what comes out is legal, in the ball and in the range; and it is the nearest where that can be computed.</summary>
public sealed class RandomConstraintsTests : TensorTest
{
    private const int Features = 12, Rows = 16;
    private static readonly InputSpec Input = new([Features], 0, 1);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    public static TheoryData<string> Attacks => [.. AttackCases.All.Where(c => !c.Name.Contains("online", StringComparison.Ordinal)).Select(c => c.Name)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_row_is_legal_after_it_was_placed(int seed)
    {
        var random = SplitMix.Of(seed, 1);
        var (rules, originals) = (Constraints(random), new float[Rows][]);
        for (var row = 0; row < Rows; row++) originals[row] = Legal(rules, random);
        var x = tensor(originals.SelectMany(r => r).ToArray()).reshape(Rows, Features);
        foreach (var ball in (Ball[])[rules.Around(new Linf(1), Input), rules.Around(new L2(1.5), Input), rules.Around(new L1(2), Input), new L0(4), new Linf(0.3)])
        {
            var delta = randn(Rows, Features);
            var threat = new Threat(ball) { Constraints = rules };

            var placed = threat.Confine(x + delta, x, Input);

            Assert.Empty(rules.Violations(placed, x));
            Assert.True(ball.Measure(placed - x).max().item<float>() <= ball.Radius * (1 + 1e-5) + 1e-6, $"{ball}");
            Assert.True(placed.min().item<float>() >= 0 && placed.max().item<float>() <= 1);
            Assert.True(placed.allclose(threat.Place(placed - x, x, Input), 0, 1e-5), $"what is legal is not moved again: {ball}");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Legal_moves_are_found_and_not_only_refused(int seed)
    {
        var random = SplitMix.Of(seed, 2);
        var rules = Constraints(random);
        var x = tensor(Enumerable.Range(0, Rows).SelectMany(_ => Legal(rules, random)).ToArray()).reshape(Rows, Features);

        var placed = new Threat(rules.Around(new Linf(1), Input)) { Constraints = rules }.Place(randn(Rows, Features), x, Input);

        Assert.True(placed.ne(x).any(1).sum(dim: 0).item<long>() > Rows / 2);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void No_point_of_the_intersection_is_nearer_than_the_projection(int seed)
    {
        // Only boxes and relations, so that random points of the intersection lie on segments between projected ones.
        var random = SplitMix.Of(seed, 3);
        var rules = Constraints(random, discrete: false);
        var x = tensor(Legal(rules, random)).reshape(1, Features);
        var threat = new Threat(rules.Around(new Linf(1), Input)) { Constraints = rules };
        var proposal = x + randn(1, Features);

        var nearest = threat.Place(proposal - x, x, Input);

        var confined = threat.Ball.Project(proposal - x) + x;
        for (var i = 0; i < 20; i++)
        {
            var other = threat.Place(randn(1, Features), x, Input);
            var angle = ((confined - nearest) * (other - nearest)).sum(dim: 1).item<float>();                  // ≤ 0 for the projection on a convex set
            Assert.True(angle <= 1e-4, $"{angle}");
        }
    }

    [Theory, MemberData(nameof(Attacks))]
    public void Every_attack_of_the_table_honors_constraints(string name)
    {
        var random = SplitMix.Of(7, 4);
        var rules = Constraints(random);
        using var victim = new ModuleVictim(nn.Sequential(nn.Linear(Features, 16), nn.Tanh(), nn.Linear(16, 4)), Input);
        var x = tensor(Enumerable.Range(0, Rows).SelectMany(_ => Legal(rules, random)).ToArray()).reshape(Rows, Features);
        var data = new Batch(x, victim.Predict(x));
        var c = AttackCases.Find(name);
        if (c.Images) return;                                                                               // rows are no images
        if (c.Ball is Scaled { Factors: { } factors } && factors.shape[0] > 1) return;                      // factors for other samples

        using var result = c.Attack.Against(victim, data, new Threat(c.Ball) { Constraints = rules }, cancellation: Cancellation);

        Assert.Empty(rules.Violations(result.Adversarials, x));
        Assert.True(result.MaxPerturbation <= c.Ball.Radius * (1 + 1e-5) + 1e-6);
    }

    /// <summary>Twelve features: amounts, whole numbers, a group of three, an unknown value, sums and inequalities.</summary>
    private static FeatureConstraints Constraints(SplitMix random, bool discrete = true)
    {
        var rules = Enumerable.Range(0, Features).Select(i => new FeatureRule
        {
            Unit = i switch { < 3 => new FeatureUnit(0, 1 + random.Below(500)), 3 => new FeatureUnit(0, 1 + random.Below(20_000), IsLogarithmic: discrete), < 7 => new FeatureUnit(0, 12), _ => FeatureUnit.Same },
            IsInteger = discrete && i is >= 4 and < 7,
            MaxChange = i is >= 9 ? double.PositiveInfinity : random.Chance(0.1) ? 0 : i switch { < 3 => random.Uniform(0.5, 100), 3 => random.Uniform(1, 5000), < 7 => random.Uniform(1, 6), _ => random.Uniform(0.1, 1) },
            Direction = i < 9 ? (MoveDirection)random.Below(3) : MoveDirection.Both,
            Values = discrete && i == 7 ? [0, 0.1, 0.25, 0.5, 0.9, 1] : [],
            FixedBy = discrete && i == 8 && random.Chance(0.3) ? 9 : null,
        });
        var relations = new List<FeatureRelation> { FeatureRelation.Equal(0, (4, 1), (5, -1), (6, -1)) };
        if (random.Chance(0.5)) relations.Add(FeatureRelation.AtMost(0, (5, 1), (4, -1)));
        if (random.Chance(0.5)) relations.Add(FeatureRelation.AtMost(600, (0, 1), (1, 1)));
        if (random.Chance(0.5)) relations.Add(FeatureRelation.AtMost(500, (0, 1), (2, -1)));
        relations.Add(random.Below(3) switch { 0 => FeatureRelation.Proportional(0, 2), 1 => FeatureRelation.Stays((1, 1), (2, -0.5)), _ => FeatureRelation.AtMost(1000, (1, 1)) });
        return new FeatureConstraints([.. rules]) { Groups = discrete ? [[9, 10, 11]] : [], Relations = relations };
    }

    private static float[] Legal(FeatureConstraints rules, SplitMix random)
    {
        while (true)
        {
            var (b, c) = (random.Below(6), random.Below(6));
            var (v, one) = (new double[Features], 9 + random.Below(3));
            for (var i = 0; i < Features; i++) v[i] = rules.Features[i].Unit.Own(random.Uniform());
            (v[4], v[5], v[6]) = (b + c, b, c);
            if (rules.Features[7].Values.Count > 0) v[7] = rules.Features[7].Values[random.Below(6)];
            if (rules.Groups.Count > 0) (v[9], v[10], v[11]) = (one == 9 ? 1 : 0, one == 10 ? 1 : 0, one == 11 ? 1 : 0);
            if (rules.Relations.All(r => r.Kind != RelationKind.AtMost || r.Terms.Sum(t => t.Factor * v[t.Feature]) <= r.Bound)) return [.. v.Select((own, i) => (float)rules.Features[i].Unit.Input(own))];
        }
    }
}
