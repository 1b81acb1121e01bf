using Adamant.Defenses.Inputs;
using Adamant.Victims;

namespace Adamant.Tests.Defenses.Inputs;

public sealed class SanitizerTests : TensorTest
{
    private static readonly ISanitizer[] All = [.. DefenseCatalog.Sanitizers.Select(e => DefenseCatalog.Sanitizer(e.Name))];

    public static TheoryData<string> Names => [.. DefenseCatalog.Sanitizers.Select(e => e.Name)];

    [Fact]
    public void Bit_depth_keeps_the_nearest_of_few_levels()
    {
        // Two bits: 0, 1/3, 2/3, 1.
        Assert.Equal([0, 0.3333f, 0.3333f, 0.6667f, 0.6667f, 1], Clean(new BitDepth { Bits = 2 }, new InputSpec([6], 0, 1), [0, 0.2f, 0.4f, 0.6f, 0.8f, 1]));
        Assert.Equal([-1, 1, 1], Clean(new BitDepth { Bits = 1 }, new InputSpec([3], -1, 1), [-0.2f, 0.2f, 1]));
    }

    [Fact]
    public void The_median_is_that_of_nine_pixels_mirrored_at_the_edge()
    {
        var image = Clean(new Median(), InputSpec.Image(1, 3, 3), [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f]);

        // The corner sees 0.1 once, 0.2 and 0.4 twice, 0.5 four times.
        Assert.Equal((0.4f, 0.5f, 0.6f), (image[0], image[4], image[8]));
    }

    [Fact]
    public void The_median_removes_a_single_wrong_pixel()
    {
        var image = full([1, 1, 5, 5], 0.25f);
        image[0, 0, 2, 2] = 1;

        Assert.True(Clean(new Median(), InputSpec.Image(1, 5, 5), image).eq(0.25f).all().item<bool>());
    }

    [Fact]
    public void Jpeg_leaves_a_constant_block_exactly_where_its_step_meets_it()
    {
        var spec = InputSpec.Image(1, 8, 8);

        Assert.True(Clean(new Jpeg { Quality = 50 }, spec, full([1, 1, 8, 8], 128f / 255)).sub(128f / 255).abs().max().item<float>() < 1e-6);
        // 131: the constant coefficient is 8 · 3 = 24, of steps of 16 the second: 32, and 32 / 8 = 4 above 128.
        Assert.True(Clean(new Jpeg { Quality = 50 }, spec, full([1, 1, 8, 8], 131f / 255)).sub(132f / 255).abs().max().item<float>() < 1e-6);
        Assert.True(Clean(new Jpeg { Quality = 100 }, spec, full([1, 1, 8, 8], 77f / 255)).sub(77f / 255).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Jpeg_rounds_a_fine_pattern_away_and_keeps_a_coarse_one()
    {
        var fine = 0.5f + (0.02f * (((arange(8).reshape(8, 1) + arange(8)) % 2 * 2) - 1).to_type(ScalarType.Float32).reshape(1, 1, 8, 8));
        var coarse = arange(8).to_type(ScalarType.Float32).div(7).reshape(1, 1, 8, 1).expand(1, 1, 8, 8).contiguous();

        Assert.True(Spread(Clean(new Jpeg { Quality = 30 }, InputSpec.Image(1, 8, 8), fine)) < 1e-6);
        Assert.True((Clean(new Jpeg { Quality = 90 }, InputSpec.Image(1, 8, 8), coarse) - coarse).abs().max().item<float>() < 0.05);
    }

    [Fact]
    public void Jpeg_keeps_gray_gray_and_odd_sizes()
    {
        var gray = rand(2, 1, 10, 13).expand(2, 3, 10, 13).contiguous();

        var cleaned = Clean(new Jpeg(), InputSpec.Image(3, 10, 13), gray);

        Assert.Equal([2, 3, 10, 13], cleaned.shape);
        Assert.True((cleaned.amax([1L]) - cleaned.amin([1L])).max().item<float>() < 1.5 / 255);
        Assert.True((cleaned - gray).abs().mean().item<float>() < 0.15);
    }

    [Fact]
    public void Total_variation_smooths_noise_and_keeps_what_is_flat_and_edges()
    {
        var spec = InputSpec.Image(1, 12, 12);
        var step = zeros(1, 1, 12, 12);
        step.narrow(3, 6, 6).fill_(1);
        var noisy = (0.5f + (0.05f * randn(1, 1, 12, 12))).clamp(0, 1);

        Assert.True((Clean(new TotalVariation(), spec, full([1, 1, 12, 12], 0.3f)) - 0.3f).abs().max().item<float>() < 1e-5);
        Assert.True(Roughness(Clean(new TotalVariation(), spec, noisy)) < 0.3 * Roughness(noisy));
        var edge = Clean(new TotalVariation(), spec, step);
        Assert.True(edge[0, 0, 5, 5].item<float>() < 0.2 && edge[0, 0, 5, 6].item<float>() > 0.8);
    }

    [Fact]
    public void Random_ones_draw_anew_for_each_sample_and_repeat_with_the_seed()
    {
        var image = rand(1, 1, 8, 8).expand(2, 1, 8, 8).contiguous();
        Assert.Equal(["random-noise", "random-resize"], DefenseCatalog.Sanitizers.Select(e => e.Name).Where(n => DefenseCatalog.Sanitizer(n).IsRandom));
        foreach (var sanitizer in All.Where(s => s.IsRandom))
        {
            var (first, again) = (Clean(sanitizer, InputSpec.Image(1, 8, 8), image), Clean(sanitizer, InputSpec.Image(1, 8, 8), image));

            Assert.False(first[0].allclose(first[1], 0, 0));
            Assert.True(first.allclose(again, 0, 0));
        }
        Assert.True((Clean(new RandomResize { Smallest = 1 }, InputSpec.Image(1, 8, 8), image) - image).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Random_resize_keeps_the_picture_whole()
    {
        var white = ones(64, 1, 20, 20);

        var areas = Clean(new RandomResize { Smallest = 0.5 }, InputSpec.Image(1, 20, 20), white).mean([1L, 2, 3]);

        Assert.InRange(areas.min().item<float>(), 0.24f, 0.4f);
        Assert.InRange(areas.max().item<float>(), 0.8f, 1);
    }

    [Theory, MemberData(nameof(Names))]
    public void Keeps_shape_type_and_range_and_lets_a_gradient_through_when_asked(string name)
    {
        var (sanitizer, spec) = (DefenseCatalog.Sanitizer(name), new InputSpec([3, 16, 16], -1, 1));
        using var random = new Generator(7, CPU);
        var x = (2 * rand(4, 3, 16, 16) - 1).requires_grad_();

        var straight = sanitizer.StraightThrough(x, spec, random);
        var gradient = autograd.grad([sum(straight * straight.detach())], [x])[0];
        var cleaned = Clean(sanitizer, spec, x.detach());

        Assert.Equal(x.shape, cleaned.shape);
        Assert.Equal(ScalarType.Float32, cleaned.dtype);
        Assert.InRange(cleaned.min().item<float>(), -1, 1);
        Assert.InRange(cleaned.max().item<float>(), -1, 1);
        Assert.True(gradient.isfinite().all().item<bool>() && gradient.abs().mean().item<float>() > 0.01);
        Assert.True((straight - cleaned).abs().max().item<float>() < 1e-5);
    }

    [Theory, MemberData(nameof(Names))]
    public void Leaves_no_tensor_behind(string name)
    {
        var x = rand(2, 1, 8, 8);
        Once();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++) Once();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Once() => Clean(DefenseCatalog.Sanitizer(name), InputSpec.Image(1, 8, 8), x).Dispose();
    }

    [Theory]
    [InlineData("median")]
    [InlineData("jpeg")]
    [InlineData("total-variation")]
    [InlineData("random-resize")]
    public void Refuses_what_is_no_image(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => Clean(DefenseCatalog.Sanitizer(name), new InputSpec([3], 0, 1), rand(2, 3)));

        Assert.Contains("cleans images [N, channels, height, width], got [2, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_made_from_a_name_and_values()
    {
        Assert.Equal(new Median(), DefenseCatalog.Sanitizer("median"));
        Assert.Equal(new Jpeg { Quality = 40 }, DefenseCatalog.Sanitizer("jpeg=40"));
        Assert.Equal(new TotalVariation { Weight = 0.2, Iterations = 30 }, DefenseCatalog.Sanitizer("total-variation=0.2,iterations=30"));
        Assert.Contains("Expected a sanitizer (bit-depth, jpeg, median,", Message("medain"), StringComparison.Ordinal);
        Assert.Contains("median's size: Expected an odd size from 3 to 15 pixels. Got 4.", Message("median=4"), StringComparison.Ordinal);
        Assert.Contains("Expected name=value after the first value of jpeg, got '7'.", Message("jpeg=75,7"), StringComparison.Ordinal);

        static string Message(string text) => Assert.Throws<ArgumentException>(() => DefenseCatalog.Sanitizer(text)).Message;
    }

    private static float[] Clean(ISanitizer sanitizer, InputSpec spec, float[] values) =>
        [.. Clean(sanitizer, spec, tensor(values).reshape([1, .. spec.Shape])).data<float>().ToArray().Select(v => MathF.Round(v, 4))];

    private static Tensor Clean(ISanitizer sanitizer, InputSpec spec, Tensor inputs)
    {
        using var random = new Generator(7, CPU);
        return sanitizer.Sanitize(inputs, spec, random);
    }

    private static float Spread(Tensor image) => (image.max() - image.min()).item<float>();

    private static float Roughness(Tensor image) => image.diff(1, 2).abs().mean().item<float>() + image.diff(1, 3).abs().mean().item<float>();
}
