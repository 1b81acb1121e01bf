using Adamant.Data;

namespace Adamant.Tests.Data;

public sealed class FeatureUnitTests
{
    [Fact]
    public void A_linear_unit_runs_from_low_to_high()
    {
        var hours = new FeatureUnit(0, 24);

        Assert.Equal((6.0, 0.25), (hours.Own(0.25), hours.Input(6)));
    }

    [Fact]
    public void A_logarithmic_unit_has_equal_factors()
    {
        var money = new FeatureUnit(0, 99, IsLogarithmic: true);

        Assert.Equal((0, 9, 99), (Math.Round(money.Own(0), 9), Math.Round(money.Own(0.5), 9), Math.Round(money.Own(1), 9)));
        Assert.Equal(0.5, money.Input(9), 1e-12);
    }

    [Fact]
    public void What_float_rounds_is_within_the_slack()
    {
        foreach (var unit in new[] { FeatureUnit.Same, new FeatureUnit(-3, 1e6), new FeatureUnit(0, 20_000, true), new FeatureUnit(0, 43_200, true) })
        {
            for (var x = 0.001; x < 1; x += 0.0137) Assert.True(Math.Abs(unit.Own((float)x) - unit.Own(x)) < unit.Slack(unit.Own(x)));
        }
    }
}
