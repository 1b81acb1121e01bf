using Adamant.Attacks.Corruptions;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Corruptions;

public sealed class CorruptionTests : TensorTest
{
    public static TheoryData<string> Names => [.. CorruptionCatalog.All.Select(c => c.Name)];

    /// <summary>Pictures with an edge and a fine texture, so that blur and blocks have something to act on.</summary>
    private static Tensor Pictures(int count, int channels, int height, int width)
    {
        var (rows, columns) = (arange(height, dtype: ScalarType.Float32).unsqueeze(1) / height, arange(width, dtype: ScalarType.Float32) / width);
        var picture = (0.5 + (0.25 * (rows * 9).sin()) + (0.2 * (columns * 7).cos())) * (columns.gt(0.5) * 0.5 + 0.5);
        using var generator = new Generator(9, CPU);
        return ((picture + (0.2 * rand([count, 1, height, width], generator: generator))).expand(count, channels, height, width) * linspace(0.6, 0.8, channels).reshape(1, -1, 1, 1)).clamp(0, 1);
    }

    [Theory, MemberData(nameof(Names))]
    public void Gives_images_of_the_same_shape_and_range_and_changes_them_more_at_higher_severity(string name)
    {
        foreach (var (channels, height, width) in new[] { (1, 28, 28), (3, 32, 32), (1, 8, 8), (3, 40, 64), (2, 17, 23) })
        {
            var images = Pictures(8, channels, height, width);
            var before = images.clone();
            double Change(int severity)
            {
                using var generator = new Generator(3, CPU);
                var corrupted = CorruptionCatalog.Find(name).Apply(images, severity, generator);
                Assert.Equal(images.shape, corrupted.shape);
                Assert.True(corrupted.isfinite().all().item<bool>());
                Assert.True(corrupted.min().item<float>() >= 0 && corrupted.max().item<float>() <= 1);
                return (corrupted - images).square().mean().ToDouble();
            }

            var (mild, severe) = (Change(1), Change(5));

            Assert.True(images.Equals(before));
            Assert.True(severe > 0);
            if (name is not ("elastic" or "glass-blur")) Assert.True(severe > mild, $"{name} at {channels}×{height}×{width}: {mild} at 1, {severe} at 5");     // those change in kind
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Gives_the_same_bytes_for_the_same_seed_and_leaves_nothing_behind(string name)
    {
        var images = Pictures(3, 3, 28, 28);
        byte[] Once(ulong seed)
        {
            using var generator = new Generator(seed, CPU);
            using var corrupted = CorruptionCatalog.Find(name).Apply(images, 3, generator);
            return corrupted.bytes.ToArray();
        }

        var first = Once(1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Assert.Equal(first, Once(1));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void There_are_fifteen_in_four_groups()
    {
        Assert.Equal(15, CorruptionCatalog.All.Count);
        Assert.Equal([("noise", 3), ("blur", 4), ("weather", 4), ("digital", 4)], CorruptionCatalog.All.GroupBy(c => c.Group).Select(g => (g.Key, g.Count())));
        Assert.Throws<ArgumentException>(() => CorruptionCatalog.Find("rain"));
    }

    [Fact]
    public void Noise_has_the_deviation_that_its_severity_says()
    {
        var grey = full([64, 1, 28, 28], 0.5f);

        Assert.Equal(0.08, Deviation("gaussian-noise", 3), 0.002);
        Assert.Equal(Math.Sqrt(0.5 / 100), Deviation("shot-noise", 3), 0.002);             // of 50 photons, in units of 100
        Assert.Equal(Math.Sqrt(0.07 * 0.25), Deviation("impulse-noise", 5), 0.004);        // 7 % are half a range away

        double Deviation(string name, int severity)
        {
            using var generator = new Generator(1, CPU);
            return CorruptionCatalog.Find(name).Apply(grey, severity, generator).std().ToDouble();
        }
    }

    [Fact]
    public void Contrast_and_brightness_are_what_a_hand_would_compute()
    {
        var image = tensor(new[] { 0.2f, 0.4f, 0.6f, 0.8f }).reshape(1, 1, 2, 2);
        using var generator = new Generator(1, CPU);

        var flat = CorruptionCatalog.Find("contrast").Apply(image, 2, generator);
        var light = CorruptionCatalog.Find("brightness").Apply(image, 5, generator);
        var red = CorruptionCatalog.Find("brightness").Apply(tensor(new[] { 0.4f, 0.2f, 0.1f }).reshape(1, 3, 1, 1), 4, generator);

        Assert.Equal([0.35f, 0.45f, 0.55f, 0.65f], flat.data<float>().ToArray().Select(v => MathF.Round(v, 5)));
        Assert.Equal([0.5f, 0.7f, 0.9f, 1f], light.data<float>().ToArray().Select(v => MathF.Round(v, 5)));
        Assert.Equal([0.6f, 0.3f, 0.15f], red.data<float>().ToArray().Select(v => MathF.Round(v, 5)));          // the same hue, 0.2 brighter
    }

    [Theory]
    [InlineData("defocus-blur")]
    [InlineData("glass-blur")]
    [InlineData("motion-blur")]
    [InlineData("zoom-blur")]
    [InlineData("elastic")]
    [InlineData("pixelate")]
    public void Geometry_leaves_an_image_of_one_color_as_it_is(string name)
    {
        using var generator = new Generator(1, CPU);
        var grey = full([2, 3, 28, 28], 0.4f);

        Assert.True((CorruptionCatalog.Find(name).Apply(grey, 5, generator) - grey).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void A_cosine_transform_keeps_lengths_and_its_first_wave_is_flat()
    {
        var waves = Cosines.Matrix(8);

        Assert.True((waves.matmul(waves.t()) - eye(8)).abs().max().item<float>() < 1e-6);
        Assert.True((waves[0] - MathF.Sqrt(1 / 8f)).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Jpeg_rounds_the_mean_of_a_block_to_what_its_table_allows()
    {
        // At quality 50 the mean of a block moves in steps of 16 / 8 = 2 of 255: 101 becomes 100 or 102, 128 + 2k stay.
        var flat = JpegTransform.Compress(tensor(new[] { 101f, 100f, 128f, 254f }).reshape(4, 1, 1, 1).expand(4, 1, 8, 8) / 255, 50) * 255;

        var values = flat.flatten(1).amax([1]).data<float>().ToArray().Select(v => MathF.Round(v)).ToArray();
        Assert.Contains(values[0], new[] { 100f, 102f });
        Assert.Equal([100f, 128f, 254f], values[1..]);
        Assert.True((flat.flatten(1).amax([1]) - flat.flatten(1).amin([1])).abs().max().item<float>() < 1e-3);
        Assert.True((JpegTransform.Compress(Pictures(1, 3, 20, 20), 100) - Pictures(1, 3, 20, 20)).abs().mean().item<float>() < 0.01);
        Assert.Throws<ArgumentOutOfRangeException>(() => JpegTransform.Compress(flat, 0));
    }

    [Fact]
    public void Refuses_what_is_no_image_and_severities_that_do_not_exist()
    {
        using var generator = new Generator(1, CPU);
        Assert.Throws<ArgumentException>(() => CorruptionCatalog.All[0].Apply(zeros(3, 4), 1, generator));
        Assert.Throws<ArgumentOutOfRangeException>(() => CorruptionCatalog.All[0].Apply(zeros(1, 1, 8, 8), 0, generator));
        Assert.Throws<ArgumentOutOfRangeException>(() => CorruptionCatalog.All[0].Apply(zeros(1, 1, 8, 8), 6, generator));
    }

    [Fact]
    public void An_evaluation_counts_per_corruption_and_severity_in_the_units_of_the_victim()
    {
        // Pixels from 0 to 255; class 1 where the image is bright on average. Brightness 5 lifts 0.4 over one half, brightness 1 does not.
        var victim = new FunctionVictim(new InputSpec([1, 4, 4], 0, 255), x => stack([zeros(x.shape[0]), x.mean([1, 2, 3]) - 127.5], 1));
        var data = new Batch(cat([full([3, 1, 4, 4], 0.4f * 255), full([1, 1, 4, 4], 0.9f * 255)]), tensor(new[] { 0L, 0, 0, 1 }));

        var result = CorruptionEvaluation.Of(victim, data, [CorruptionCatalog.Find("brightness"), CorruptionCatalog.Find("jpeg")], [1, 5], cancellation: Cancellation);

        Assert.Equal(4, result.Clean.Successes);
        Assert.Equal([("brightness", 1, 4L), ("brightness", 5, 1L), ("jpeg", 1, 4L), ("jpeg", 5, 4L)], result.Scores.Select(s => (s.Corruption, s.Severity, s.Accuracy.Successes)));
        Assert.Equal(0.75 / 4, result.MeanError, 1e-9);
        Assert.Throws<ArgumentException>(() => result.MeanCorruptionError(result));                          // nothing errs under jpeg
        var only = CorruptionEvaluation.Of(victim, data, [CorruptionCatalog.Find("brightness")], [1, 5], cancellation: Cancellation);
        Assert.Equal(1, only.MeanCorruptionError(only));
        Assert.Throws<ArgumentException>(() => only.MeanCorruptionError(result));
        Assert.Throws<ArgumentException>(() => CorruptionEvaluation.Of(victim, new Batch(zeros(2, 3), zeros(2, ScalarType.Int64)), cancellation: Cancellation));
    }

    [Fact]
    public void An_evaluation_of_one_corruption_is_the_same_alone_and_among_others()
    {
        var victim = new FunctionVictim(InputSpec.Image(1, 8, 8), x => stack([x[.., 0, 2, 2], x[.., 0, 5, 5]], 1));
        var images = rand(40, 1, 8, 8);
        var data = new Batch(images, victim.Predict(images));

        var all = CorruptionEvaluation.Of(victim, data, seed: 5, batchSize: 16, cancellation: Cancellation);
        var one = CorruptionEvaluation.Of(victim, data, [CorruptionCatalog.Find("snow")], [4], seed: 5, batchSize: 16, cancellation: Cancellation);

        Assert.Equal(75, all.Scores.Count);
        Assert.Equal(one.Scores[0], all.Scores.Single(s => s is { Corruption: "snow", Severity: 4 }));
    }
}
