using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>Attacks that move few coordinates, turn images, or do the same to all samples, on models whose answers are known.</summary>
public sealed class SparseAndSpatialTests : TensorTest
{
    private static readonly InputSpec Seven = InputSpec.Image(1, 7, 7);

    [Theory]
    [InlineData(1, new[] { 3L })]
    [InlineData(2, new[] { 1L, 3L })]
    [InlineData(3, new[] { 0L, 1L, 3L })]
    public void Jsma_moves_the_coordinates_that_matter_most_and_no_more_than_the_ball_allows(int count, long[] moved)
    {
        // Class 0 has logit w · x, class 1 has −w · x: the truth falls fastest along the largest |w|, here all up.
        var w = tensor(new[] { -2f, -3, 0.5f, -5, -1 });
        var victim = new FunctionVictim(new InputSpec([5], 0, 1), x => stack([x.matmul(w) + 50, -x.matmul(w)], 1));

        var result = new Jsma().Perturb(victim, full([1, 5], 0.5f), zeros(1, ScalarType.Int64), new Threat(new L0(count)), new Run(), Cancellation);

        Assert.Equal(moved, result[0].eq(1).nonzero().flatten().data<long>().ToArray());
        Assert.Equal(5 - count, result[0].eq(0.5).sum(dim: 0).item<long>());
    }

    [Fact]
    public void Jsma_stops_when_the_target_is_reached()
    {
        var victim = new FunctionVictim(new InputSpec([4], 0, 1), x => cat([x.narrow(1, 0, 2) * 0, 10 * (x.narrow(1, 0, 1) - 0.7)], 1));
        var inputs = full([2, 4], 0.5f);

        using var result = new Jsma().Against(
            victim, new Batch(inputs, zeros(2, ScalarType.Int64)), new Threat(new L0(4)) { Target = full([2], 2, ScalarType.Int64) }, cancellation: Cancellation);

        Assert.Equal((2, 2), (result.Success.Successes, result.Success.Trials));
        Assert.True(result.MaxPerturbation <= 2);
    }

    [Fact]
    public void Spatial_finds_the_shift_that_fools_and_moves_the_image_by_exactly_that()
    {
        // One bright pixel at row 2, column 2; the victim errs when it is at row 2, column 4.
        var victim = new FunctionVictim(Seven, x => stack([full([x.shape[0]], 0.5f), x[.., 0, 2, 4]], 1));
        var images = zeros(2, 1, 7, 7);
        images[.., 0, 2, 2] = 1;

        using var result = ((IEvasion<IClassifier>)new Spatial { MaxShift = 2 }).Against(victim, new Batch(images, zeros(2, ScalarType.Int64)), new Threat(new Linf(1)), cancellation: Cancellation);

        var expected = zeros(2, 1, 7, 7);
        expected[.., 0, 2, 4] = 1;
        Assert.True((result.Adversarials - expected).abs().max().item<float>() < 1e-5);
        Assert.Equal(0, result.RobustAccuracy.Successes);
        Assert.All(result.Samples, s => Assert.InRange(s.Queries!.Value, 2, 125));
    }

    [Fact]
    public void A_quarter_turn_moves_each_pixel_to_where_a_hand_would_put_it()
    {
        var image = zeros(1, 1, 7, 7);
        image[0, 0, 1, 3] = 1;                                  // two above the center

        var turned = Spatial.Moved(image, 90, 0, 0);

        var at = turned[0, 0].gt(0.99).nonzero();
        Assert.Equal(1, at.shape[0]);
        Assert.Equal(3, at[0, 0].item<long>());
        Assert.Contains(at[0, 1].item<long>(), new long[] { 1, 5 });
        Assert.True((Spatial.Moved(turned, -90, 0, 0) - image).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void A_universal_perturbation_is_one_for_all_and_the_best_one_on_a_linear_model()
    {
        var w = tensor(new[] { 3f, -2, 1, -4 });
        var victim = new FunctionVictim(new InputSpec([4], 0, 1), x => stack([x.matmul(w), -x.matmul(w)], 1));
        var inputs = 0.4 + (0.2 * rand(5, 4));

        var moved = new UniversalPerturbation().Perturb(victim, inputs, zeros(5, ScalarType.Int64), new Threat(new Linf(0.1)), new Run(), Cancellation);

        Assert.True(((moved - inputs) + (0.1 * w.sign())).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void A_learned_perturbation_is_applied_as_it_is()
    {
        using var victim = new ModuleVictim(Linear([[1, -1], [0, 0]]), new InputSpec([2], 0, 1));
        var delta = tensor(new[] { 0.05f, -0.02f }).reshape(1, 2);
        var meter = new Meter();

        var moved = new UniversalPerturbation { Delta = delta }.Perturb(
            victim.Metered(meter), full([3, 2], 0.5f), zeros(3, ScalarType.Int64), new Threat(new Linf(0.1)), new Run(), Cancellation);

        Assert.True((moved - tensor(new[] { 0.55f, 0.48f })).abs().max().item<float>() < 1e-6);
        Assert.Equal(0, meter.Calls);
    }

    [Fact]
    public void A_patch_becomes_what_fools_and_covers_its_place_and_nothing_else()
    {
        // The brighter, the less it is class 0: the best patch is white.
        var victim = new FunctionVictim(Seven, x => stack([zeros(x.shape[0]), 100 * (x.mean([1, 2, 3]) - 0.5)], 1));
        var images = full([3, 1, 7, 7], 0.2f);

        var moved = new AdversarialPatch { Side = 2, Row = 1, Column = 4, Steps = 30 }.Perturb(
            victim, images, zeros(3, ScalarType.Int64), new Threat(new Linf(1)), new Run(), Cancellation);

        var expected = images.clone();
        expected.narrow(2, 1, 2).narrow(3, 4, 2).fill_(1);
        Assert.True((moved - expected).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void A_patch_covers_its_area_somewhere_inside_each_image()
    {
        var victim = new FunctionVictim(Seven, x => stack([zeros(x.shape[0]), 100 * (x.mean([1, 2, 3]) - 0.5)], 1));
        var images = full([40, 1, 7, 7], 0.2f);

        var moved = new AdversarialPatch { Side = 3, Steps = 30 }.Perturb(victim, images, zeros(40, ScalarType.Int64), new Threat(new Linf(1)), new Run(), Cancellation);

        var covered = moved.ne(images).flatten(1);
        Assert.All(covered.sum(1).data<long>().ToArray(), count => Assert.Equal(9, count));
        Assert.True(covered.any(0).sum(dim: 0).item<long>() > 30);      // not always at the same place
        Assert.Throws<ArgumentException>(() => new AdversarialPatch { Side = 8 }.Perturb(victim, images, zeros(40, ScalarType.Int64), new Threat(new Linf(1)), new Run(), Cancellation));
        Assert.Throws<ArgumentException>(
            () => new AdversarialPatch { Side = 3, Row = 5 }.Perturb(victim, images, zeros(40, ScalarType.Int64), new Threat(new Linf(1)), new Run(), Cancellation));
    }
}
