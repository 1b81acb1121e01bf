using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Tests.Data;

public sealed class MinMaxScaleTests : TensorTest
{
    [Fact]
    public void Maps_the_training_range_to_0_and_1_and_clamps_the_rest()
    {
        // Ranges [2, 6] and [5, 5]: 4 is the middle, 8 lies beyond, a feature that never varies is 0.
        var scale = MinMaxScale.Fit(Set([2, 5, 6, 5]));

        using var scaled = scale.Apply(Set([4, 5, 8, 5]));

        Assert.Equal([0.5f, 0, 1, 0], scaled.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal(new InputSpec([2], 0, 1), scaled.Card.Input);
    }

    [Fact]
    public void Refuses_images_and_other_numbers_of_features()
    {
        var images = new TensorDataset(new DatasetCard { Name = "i", Input = InputSpec.Image(1, 1, 1), Rows = 1, ClassNames = ["a"] }, zeros(1, 1, 1, 1), zeros(1, ScalarType.Int64));

        Assert.Throws<ArgumentException>(() => MinMaxScale.Fit(images));
        Assert.Throws<ArgumentException>(() => MinMaxScale.Fit(Set([1, 2, 3, 4])).Apply(images));
    }

    private static TensorDataset Set(float[] values) =>
        new(new DatasetCard { Name = "t", Input = InputSpec.Features(2), Rows = 2, ClassNames = ["a"] }, tensor(values).reshape(2, 2), zeros(2, ScalarType.Int64));
}
