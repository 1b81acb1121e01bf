using Adamant.Data;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Tests.Data;

public sealed class StandardizationTests : TensorTest
{
    [Fact]
    public void Learns_mean_and_deviation_per_channel_and_makes_a_channel_that_never_varies_0()
    {
        // Channel 0 holds 1, 3, 5, 7: mean 4, deviation √5. Channel 1 holds 9 throughout. Targets 10 and 30: mean 20, deviation 10.
        var units = Standardization.Fit(Series([1, 9, 3, 9, 5, 9, 7, 9], [10, 30]));

        Assert.Equal([4, 9], units.Mean);
        Assert.Equal(Math.Sqrt(5), units.Std[0], 5);
        Assert.Equal(float.PositiveInfinity, units.Std[1]);
        Assert.Equal((20, 10), (units.TargetMean, units.TargetStd));
        Assert.Equal([(float)(6 / Math.Sqrt(5)), 0], units.Apply(tensor(new float[] { 10, 1000 })).data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void A_large_constant_is_constant_in_spite_of_rounding()
    {
        var x = full(1000, 1, 1, 518.67f);
        using var data = new TensorDataset(new DatasetCard { Name = "c", Input = new InputSpec([1, 1]), Rows = 1000, Task = LearningTask.Regression }, x, rand(1000));

        Assert.Equal(float.PositiveInfinity, Standardization.Fit(data).Std[0]);
    }

    [Fact]
    public void A_network_takes_raw_values_and_answers_in_the_units_of_the_target()
    {
        using var network = new ElmanRnn(2, 3, 1);
        var x = rand(4, 5, 2);
        var plain = network.call(x);
        network.Standardization = new Standardization([100, -7], [10, 0.5f], 60, 40);

        var raw = (x * tensor(new[] { 10, 0.5f })) + tensor(new[] { 100f, -7 });
        Assert.True(network.call(raw).allclose((plain * 40) + 60, rtol: 1e-4, atol: 1e-3));
        Assert.True(network.AllSteps(raw).select(1, -1).allclose(network.call(raw)));
    }

    [Fact]
    public void Refuses_other_channels_and_deviations_that_are_not_above_0()
    {
        using var network = new ElmanRnn(2, 3, 1);

        Assert.Contains("2 channels, got 1 and 1", Assert.Throws<ArgumentException>(() => network.Standardization = new Standardization([1], [1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Standardization = new Standardization([1, 1], [1, 0]));
        Assert.Throws<ArgumentException>(() => network.Standardization = new Standardization([1, float.NaN], [1, 1]));
        Assert.Throws<ArgumentException>(() => network.Standardization = new Standardization([1, 1], [1, 1], 0, float.PositiveInfinity));
        using var images = new TensorDataset(new DatasetCard { Name = "i", Input = InputSpec.Image(1, 2, 2), Rows = 1, ClassNames = ["a"] }, zeros(1, 1, 2, 2), zeros(1, dtype: ScalarType.Int64));
        Assert.Throws<ArgumentException>(() => Standardization.Fit(images));
    }

    private static TensorDataset Series(float[] values, float[] targets) => new(
        new DatasetCard { Name = "s", Input = new InputSpec([2, 2]), Rows = targets.Length, Task = LearningTask.Regression }, tensor(values).reshape(-1, 2, 2), tensor(targets));
}
