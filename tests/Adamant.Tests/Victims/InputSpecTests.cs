using Adamant.Victims;

namespace Adamant.Tests.Victims;

public sealed class InputSpecTests : TensorTest
{
    [Fact]
    public void Accepts_what_fits_and_the_rounding_at_its_edges()
    {
        InputSpec.Image(1, 2, 2).Check(rand(3, 1, 2, 2));
        InputSpec.Image(1, 2, 2).Check(zeros(0, 1, 2, 2));
        InputSpec.Tokens(10).Check(tensor(new[] { 0L, 9L, 3L }).reshape(1, 3));
        new InputSpec([1], -1000.1, 1000.1).Check(tensor(new[] { -1000.1f, 1000.1f }).reshape(2, 1));
        InputSpec.Features(1).Check(full(1, 1, 1e30f));
    }

    [Theory]
    [InlineData(float.NaN, "Expected numbers, got NaN. Remove or repair the samples that hold it.")]
    [InlineData(float.PositiveInfinity, "Expected finite values, got [0, Infinity].")]
    [InlineData(255, "Expected values in [0, 1], got [0, 255]. If these are 8-bit pixels, divide them by 255.")]
    [InlineData(-0.42f, "Expected values in [0, 1], got [-0.42, 0]. If the inputs are already normalized, undo that and let the victim normalize them.")]
    [InlineData(1.001f, "got [0, 1.001].")]
    public void Refuses_values_outside_and_says_what_to_do(float value, string why)
    {
        var error = Assert.Throws<ArgumentException>(() => InputSpec.Image(1, 1, 2).Check(tensor(new[] { value, 0f }).reshape(1, 1, 1, 2)));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_tokens_that_the_model_does_not_know()
    {
        var error = Assert.Throws<ArgumentException>(() => InputSpec.Tokens(10, 1).Check(tensor(new[] { 10L }).reshape(1, 1)));

        Assert.Contains("use the tokenizer that the model was trained with", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_a_value()
    {
        Assert.Equal(InputSpec.Image(1, 2, 3), new InputSpec([1, 2, 3], 0, 1));
        Assert.Equal(InputSpec.Image(1, 2, 3).GetHashCode(), new InputSpec([1, 2, 3], 0, 1).GetHashCode());
        Assert.NotEqual(InputSpec.Image(1, 2, 3), InputSpec.Image(1, 3, 2));
        Assert.NotEqual(new InputSpec([1], 0, 1), new InputSpec([1], 0, 2));
        Assert.Equal("Float32 [1, 2, 3] in [0, 1]", InputSpec.Image(1, 2, 3).ToString());
        Assert.Equal("Float32 [4]", InputSpec.Features(4).ToString());
    }

    [Fact]
    public void Refuses_to_describe_nothing()
    {
        Assert.Throws<ArgumentException>(() => new InputSpec([0]));
        Assert.Throws<ArgumentException>(() => new InputSpec([-2]));
        Assert.Throws<ArgumentException>(() => new InputSpec([1], 1, 1));
        Assert.Throws<ArgumentException>(() => new InputSpec([1], double.NaN, 1));
    }
}
