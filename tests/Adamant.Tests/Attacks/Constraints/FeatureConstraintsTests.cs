using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Constraints;

public sealed class FeatureConstraintsTests : TensorTest
{
    private static readonly InputSpec Any = InputSpec.Features(3);

    [Fact]
    public void A_feature_that_cannot_move_stays_to_the_last_bit()
    {
        var rules = new FeatureConstraints([FeatureRule.Immutable, FeatureRule.Free, FeatureRule.Free]);

        Assert.Equal([0.1f, 2f, -1f], Place(rules, [0.1f, 1, 0], [5, 1, -1], new Linf(10)));
    }

    [Fact]
    public void What_can_only_fall_does_not_rise_and_bounds_and_changes_hold_in_the_own_unit()
    {
        // 0 … 1 stands for 0 … 200: down only; at most 20 (0.1); not below 50 (0.25).
        var unit = new FeatureUnit(0, 200);
        var rules = new FeatureConstraints(
        [
            new() { Unit = unit, Direction = MoveDirection.Down }, new() { Unit = unit, MaxChange = 20 }, new() { Unit = unit, Min = 50 },
        ]);

        Assert.Equal([0.5f, 0.6f, 0.5f], Place(rules, [0.5f, 0.5f, 0.3f], [0.3f, 0.3f, 0.2f], new Linf(1)));
        Assert.Equal([0.25f, 0.4f, 0.25f], Place(rules, [0.5f, 0.5f, 0.3f], [-0.25f, -0.3f, -0.2f], new Linf(1)));
    }

    [Fact]
    public void A_logarithmic_unit_is_bound_where_people_count()
    {
        // log(1 + v) / log(101): 20 → at most 10 less.
        var unit = new FeatureUnit(0, 100, IsLogarithmic: true);
        var rules = new FeatureConstraints([new() { Unit = unit, MaxChange = 10 }, FeatureRule.Free, FeatureRule.Free]);

        var moved = Place(rules, [(float)unit.Input(20), 0, 0], [-1, 0, 0], new Linf(1));

        Assert.Equal(10, unit.Own(moved[0]), 1e-4);
    }

    [Fact]
    public void Whole_numbers_are_rounded_inside_of_what_is_allowed()
    {
        var rules = new FeatureConstraints([new() { IsInteger = true }, new() { IsInteger = true }, new() { Values = [1, 2, 5] }]);

        Assert.Equal([4f, 3f, 5f], Place(rules, [3, 3, 2], [0.6f, 0.4f, 1.6f], new Linf(3)));
        Assert.Equal([4f, 2f, 1f], Place(rules, [3, 3, 2], [1.9f, -1.9f, -1.9f], new Linf(1.9)));    // 5 is nearer, but out of reach
    }

    [Fact]
    public void One_category_is_chosen_and_only_where_the_ball_lets_it_change()
    {
        var rules = new FeatureConstraints([FeatureRule.Free, FeatureRule.Free, new() { Direction = MoveDirection.Down }]) { Groups = [[0, 1, 2]] };

        Assert.Equal([0f, 1f, 0f], Place(rules, [1, 0, 0], [-0.7f, 0.4f, 0.9f], new Linf(1)));      // the third cannot become 1
        Assert.Equal([1f, 0f, 0f], Place(rules, [1, 0, 0], [-0.7f, 0.4f, 0.9f], new Linf(0.9)));
    }

    [Fact]
    public void The_projection_on_an_equality_is_the_nearest_point()
    {
        // v₀ = v₁ + v₂ around (2, 1, 1), proposal (5, 1, 1): the excess of 3 is spread as (−1, +1, +1).
        var rules = Rules(FeatureRelation.Equal(0, (0, 1), (1, -1), (2, -1)));

        Assert.Equal([4f, 2f, 2f], Place(rules, [2, 1, 1], [3, 0, 0], new Linf(10)));
        Assert.Equal([3f, 1f, 2f], Place(new FeatureConstraints([FeatureRule.Free, FeatureRule.Immutable, FeatureRule.Free]) { Relations = rules.Relations }, [2, 1, 1], [2, 0, 0], new Linf(10)));
    }

    [Fact]
    public void An_inequality_only_pushes_what_breaks_it()
    {
        var rules = Rules(FeatureRelation.AtMost(0, (0, 1), (1, -1)));

        Assert.Equal([1f, 2f, 0f], Place(rules, [0, 2, 0], [1, 0, 0], new Linf(10)));
        Assert.Equal([3f, 3f, 0f], Place(rules, [0, 2, 0], [4, 0, 0], new Linf(10)));
    }

    [Fact]
    public void Several_relations_meet_in_the_nearest_common_point()
    {
        // v₀ + v₁ = 2 and v₁ + v₂ = 2 from (4, 0, 0): minimize (v₀−4)² + v₁² + v₂² along (1, −1, 1)·t + (2, 0, 2) → t = 0 … (v₀ = 2 + t, v₁ = −t, v₂ = 2 + t): t = 0.
        var rules = Rules(FeatureRelation.Equal(2, (0, 1), (1, 1)), FeatureRelation.Equal(2, (1, 1), (2, 1)));

        var moved = Place(rules, [1, 1, 1], [3, -1, -1], new Linf(10));

        Assert.Equal([2f, 0f, 2f], moved.Select(v => MathF.Round(v, 5)));
    }

    [Fact]
    public void Two_features_fall_in_proportion()
    {
        // 300 is 3 times the mean of 100: at 150 it is 1.5 times.
        var rules = new FeatureConstraints([new() { Direction = MoveDirection.Down, Unit = new FeatureUnit(0, 1000) }, new() { Unit = new FeatureUnit(0, 10) }, FeatureRule.Immutable])
        {
            Relations = [FeatureRelation.Proportional(0, 1)],
        };

        var moved = Place(rules, [0.3f, 0.3f, 0], [-0.15f, -0.15f, 0], new Linf(1));

        Assert.Equal([0.15f, 0.15f, 0f], moved.Select(v => MathF.Round(v, 6)));
    }

    [Fact]
    public void What_rounding_breaks_in_a_sum_of_whole_numbers_is_repaired()
    {
        var whole = new FeatureRule { IsInteger = true };
        var rules = new FeatureConstraints([whole, whole, whole]) { Relations = [FeatureRelation.Equal(0, (0, 1), (1, -1), (2, -1))] };

        var moved = Place(rules, [4, 2, 2], [0.9f, 0.5f, 0.5f], new Linf(3));

        Assert.Equal(moved[0], moved[1] + moved[2]);
        Assert.All(moved, v => Assert.Equal(MathF.Round(v), v));
    }

    [Fact]
    public void A_row_that_cannot_be_made_legal_stays_as_it_was()
    {
        // 2 v₀ = v₁ with v₁ immutable and odd: no whole v₀.
        var rules = new FeatureConstraints([new() { IsInteger = true }, FeatureRule.Immutable, FeatureRule.Free]) { Relations = [FeatureRelation.Equal(0, (0, 2), (1, -1))] };

        Assert.Equal([1f, 3f, 0.5f], Place(rules, [1, 3, 0.5f], [2, 0, 1], new Linf(5)));
    }

    [Fact]
    public void A_value_that_was_unknown_cannot_be_moved()
    {
        var rules = new FeatureConstraints([new() { FixedBy = 1 }, FeatureRule.Immutable, FeatureRule.Free]);

        Assert.Equal([5f, 1f, 1f], Place(rules, [5, 1, 0], [1, 0, 1], new Linf(5)));
        Assert.Equal([6f, 0f, 1f], Place(rules, [5, 0, 0], [1, 0, 1], new Linf(5)));
    }

    [Fact]
    public void A_ball_around_the_changes_gives_each_feature_its_own_unit_and_a_group_its_price()
    {
        var rules = new FeatureConstraints([new() { Unit = new FeatureUnit(0, 200), MaxChange = 20 }, FeatureRule.Immutable, FeatureRule.Free, FeatureRule.Free]) { Groups = [[2, 3]] };

        var linf = (Scaled)rules.Around(new Linf(1), new InputSpec([4], 0, 1));
        var l2 = (Scaled)rules.Around(new L2(1), new InputSpec([4], 0, 1));

        Assert.Equal([0.1f, 0, 1, 1], linf.Factors.data<float>().ToArray());
        Assert.Equal(MathF.Sqrt(2), l2.Factors.data<float>().ToArray()[3], 1e-6f);
    }

    [Fact]
    public void Violations_are_told_by_row_feature_and_reason()
    {
        var rules = new FeatureConstraints([FeatureRule.Immutable, new() { IsInteger = true, Direction = MoveDirection.Down }, new() { Max = 4 }])
        {
            Names = ["age", "items", "rate"],
            Relations = [FeatureRelation.AtMost(1, (1, 1), (2, -1))],
        };

        var found = rules.Violations(Rows([1, 2, 3], [1.5f, 2.5f, 5], [1, 9, 2]), Rows([1, 2, 3], [1, 2, 3], [1, 9, 3]));

        Assert.Equal(
            ["1 age: it cannot be moved", "1 items: it can only fall", "1 rate: expected -Infinity to 4, got 5", "2 items + (-1)·rate ≤ 1: it does not hold"],
            found.Select(v => $"{v.Row} {v.What}: {v.Reason}"));
        Assert.Empty(rules.Violations(Rows([9, 9, 9]), Rows([9, 9, 9])));                            // what did not move is not the attacker's
    }

    [Fact]
    public void Constraints_for_another_table_are_refused()
    {
        var threat = new Threat(new Linf(1)) { Constraints = new FeatureConstraints([FeatureRule.Free]) };

        Assert.Contains("of 1 features", Assert.Throws<ArgumentException>(() => threat.Check(Any)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new FeatureConstraints([FeatureRule.Free]) { Groups = [[0, 1]] });
        Assert.Throws<ArgumentException>(() => new FeatureConstraints([FeatureRule.Free, FeatureRule.Free]) { Groups = [[0], [0, 1]] });
        Assert.Throws<ArgumentException>(() => FeatureRelation.Equal(0, (0, 1), (0, 2)));
    }

    private static FeatureConstraints Rules(params FeatureRelation[] relations) => new([FeatureRule.Free, FeatureRule.Free, FeatureRule.Free]) { Relations = relations };

    private static float[] Place(FeatureConstraints rules, float[] x, float[] delta, Ball ball)
    {
        var threat = new Threat(ball) { Constraints = rules };
        return threat.Place(tensor(delta).reshape(1, 3), tensor(x).reshape(1, 3), rules.Features[0].Unit == FeatureUnit.Same ? Any : new InputSpec([3], 0, 1)).data<float>().ToArray();
    }

    private static Tensor Rows(params float[][] rows) => tensor(rows.SelectMany(r => r).ToArray()).reshape(rows.Length, 3);
}
