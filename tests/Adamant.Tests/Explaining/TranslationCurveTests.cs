using Adamant.Data;
using Adamant.Explaining;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Tests.Explaining;

public sealed class TranslationCurveTests : TensorTest
{
    [Fact]
    public void Pixels_move_to_the_right_and_black_comes_in()
    {
        var image = tensor(new float[] { 1, 2, 3 }).reshape(1, 1, 1, 3);

        Assert.Equal([0, 1, 2], TranslationCurve.Shift(image, 1).data<float>());
        Assert.Equal([2, 3, 0], TranslationCurve.Shift(image, -1).data<float>());
        Assert.Equal([1, 2, 3], TranslationCurve.Shift(image, 0).data<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => TranslationCurve.Shift(image, 3));
    }

    [Fact]
    public void No_shift_changes_nothing()
    {
        using var network = new StridedCnn(size: 8);
        using var images = new Batch(rand(20, 1, 8, 8), randint(0, 10, [20]));

        var curve = TranslationCurve.Of("random", network.AsVictim(), images, 2, Cancellation);

        Assert.Equal([-2, -1, 0, 1, 2], curve.Points.Select(p => p.Shift));
        var still = curve.Points[2];
        Assert.Equal(1, still.Unchanged.Value);
        Assert.Equal(network.AsVictim().Predict(images.Inputs).eq(images.Labels).count_nonzero().item<long>(), still.Accuracy.Successes);
    }

    [Fact]
    public void A_model_that_only_counts_light_does_not_see_a_shift_and_one_that_looks_at_a_pixel_does()
    {
        // Two images with a dot in the middle column; class 1 wins when there is light, or when there is light in that column.
        var inputs = zeros(2, 1, 1, 5);
        inputs[0, 0, 0, 2] = 1;
        using var images = new Batch(inputs, tensor(new long[] { 1, 0 }));
        using var count = nn.Sequential(nn.Flatten(), Linear([[0, 0, 0, 0, 0], [1, 1, 1, 1, 1]], [0.5f, 0]));
        using var look = nn.Sequential(nn.Flatten(), Linear([[0, 0, 0, 0, 0], [0, 0, 1, 0, 0]], [0.5f, 0]));
        TranslationCurve Curve(nn.Module<Tensor, Tensor> module) => TranslationCurve.Of("", new ModuleVictim(module, InputSpec.Image(1, 1, 5)), images, 1, Cancellation);

        Assert.All(Curve(count).Points, p => Assert.Equal((1, 1), (p.Accuracy.Value, p.Unchanged.Value)));
        Assert.Equal([.5, 1, .5], Curve(look).Points.Select(p => p.Accuracy.Value));
        Assert.Equal([.5, 1, .5], Curve(look).Points.Select(p => p.Unchanged.Value));
    }

    [Fact]
    public void Refuses_what_is_no_image_and_shifts_as_wide_as_the_image()
    {
        using var network = new StridedCnn(size: 8);
        using var rows = new Batch(zeros(2, 8), zeros(2, ScalarType.Int64));
        using var images = new Batch(zeros(2, 1, 8, 8), zeros(2, ScalarType.Int64));

        Assert.Contains("Expected images", Assert.Throws<ArgumentException>(() => TranslationCurve.Of("", network.AsVictim(), rows, 1, Cancellation)).Message);
        Assert.Contains("0 to 7 pixels, got 8", Assert.Throws<ArgumentException>(() => TranslationCurve.Of("", network.AsVictim(), images, 8, Cancellation)).Message);
    }
}
