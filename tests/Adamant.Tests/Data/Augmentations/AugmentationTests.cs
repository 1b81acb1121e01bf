using Adamant.Data.Augmentations;

namespace Adamant.Tests.Data.Augmentations;

public sealed class AugmentationTests : TensorTest
{
    public static TheoryData<IAugmentation> All => [new HorizontalFlip(), new RandomCrop(2), new Cutout(3), new GaussianNoise()];

    [Fact]
    public void Flip_mirrors_left_and_right()
    {
        var flipped = Apply(new HorizontalFlip(1), tensor(new[] { 1f, 2f, 3f, 4f }).reshape(1, 1, 2, 2));
        Assert.Equal([2, 1, 4, 3], Values(flipped));
    }

    [Fact]
    public void Flip_chooses_about_half_of_the_images()
    {
        var images = tensor(new[] { 0f, 1f }).reshape(1, 1, 1, 2).expand(400, 1, 1, 2).contiguous();
        Assert.InRange(sum(Apply(new HorizontalFlip(), images).select(3, 0)).item<float>(), 160, 240);
    }

    [Fact]
    public void Crop_shifts_each_image_and_fills_with_zeros()
    {
        // A bright pixel in the middle of 3×3, shifted by up to one pixel: it lands on each of the nine places, and nowhere else.
        var image = zeros(200, 1, 3, 3);
        image[TensorIndex.Colon, 0, 1, 1] = 1;
        var cropped = Apply(new RandomCrop(1), image);

        Assert.All(Values(cropped.sum([1, 2, 3])), s => Assert.Equal(1, s));
        Assert.All(Values(cropped.sum([0, 1])), s => Assert.InRange(s, 8, 40));
    }

    [Fact]
    public void Crop_of_all_channels_moves_them_together()
    {
        var image = rand(20, 1, 5, 5).expand(20, 3, 5, 5).contiguous();
        var cropped = Apply(new RandomCrop(2), image);
        Assert.True(Same(cropped.select(1, 0), cropped.select(1, 2)));
    }

    [Fact]
    public void Cutout_blanks_a_square()
    {
        // A side of 3 in 9×9: 9 pixels inside, at least 4 in a corner.
        var blanks = Values((Apply(new Cutout(3), ones(100, 2, 9, 9)) == 0).to_type(ScalarType.Float32).sum([2, 3]));
        Assert.All(blanks, count => Assert.Contains(count, new[] { 4f, 6f, 9f }));
        Assert.Contains(9f, blanks);
    }

    [Fact]
    public void Noise_has_its_deviation()
    {
        Assert.Equal(0.2f, Apply(new GaussianNoise(0.2), zeros(100, 1, 10, 10)).std().item<float>(), 0.01f);
    }

    [Fact]
    public void Word_dropout_hides_words_and_never_padding()
    {
        var tokens = tensor(new long[] { 5, 6, 7, 0 }).expand(500, 4).contiguous();
        var varied = Apply(new WordDropout(0.2), tokens);

        Assert.Equal(0, varied.select(1, 3).max().item<long>());
        Assert.InRange(sum(varied.eq(1)).item<long>(), 230, 370);
        Assert.Throws<ArgumentException>(() => Apply(new WordDropout(), rand(2, 3)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_seed_gives_the_same_samples(IAugmentation augmentation)
    {
        var images = rand(8, 3, 6, 6);
        var (first, again, other) = (Apply(augmentation, images), Apply(augmentation, images), Apply(augmentation, images, seed: 8));

        Assert.True(Same(first, again));
        Assert.False(Same(first, other));
        Assert.Equal(images.shape, first.shape);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_given_images_stay_and_nothing_is_left_behind(IAugmentation augmentation)
    {
        var images = rand(8, 3, 6, 6);
        var copy = images.clone();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Apply(augmentation, images).Dispose();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(Same(images, copy));
    }

    public static TheoryData<IAugmentation> Impossible => [new HorizontalFlip(1.1), new RandomCrop(-1), new Cutout(0), new GaussianNoise(-0.1)];

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Impossible_values_are_refused(IAugmentation augmentation)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Apply(augmentation, zeros(1, 1, 4, 4)));
    }

    [Fact]
    public void Data_that_are_no_images_are_refused()
    {
        Assert.Contains("images of shape [N, C, H, W], got [8, 3]", Assert.Throws<ArgumentException>(() => Apply(new Cutout(), zeros(8, 3))).Message);
        Assert.Throws<ArgumentException>(() => Apply(new GaussianNoise(), zeros(8, 3, ScalarType.Int64)));
    }

    private static Tensor Apply(IAugmentation augmentation, Tensor inputs, ulong seed = 7)
    {
        using var generator = new Generator(seed, CPU);
        return augmentation.Apply(inputs, generator);
    }

    private static bool Same(Tensor a, Tensor b) => a.eq(b).all().item<bool>();

    private static float[] Values(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
