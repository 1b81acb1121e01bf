using Adamant.Defenses.Inputs;
using Adamant.Victims;

namespace Adamant.Tests.Victims;

public sealed class SanitizingTests : TensorTest
{
    private static readonly ISanitizer OneBit = new BitDepth { Bits = 1 };
    private readonly ModuleVictim victim = new(Linear([[1, 0], [0, 1]]), new InputSpec([2], 0, 1));

    [Fact]
    public void The_victim_sees_only_what_the_sanitizer_leaves()
    {
        var x = tensor(new[] { 0.6f, 0.9f, 0.7f, 0.4f }).reshape(2, 2);

        Assert.Equal([1f, 1, 1, 0], victim.With(OneBit).Logits(x).data<float>().ToArray());
        Assert.Equal([1, 0], victim.Predict(x).data<long>().ToArray());
        Assert.Equal([0, 0], victim.With(OneBit).Predict(x).data<long>().ToArray());
        Assert.Equal(victim.Input, victim.With(OneBit).Input);
    }

    [Fact]
    public void What_was_given_last_comes_first()
    {
        // 0.4 becomes 0 with one bit; with two bits first, 1/3, and 0 too. 0.55: two bits make 2/3 of it, one bit 1.
        var x = tensor(new[] { 0.4f, 0.55f }).reshape(1, 2);

        Assert.Equal([0f, 1], victim.With(OneBit).With(new BitDepth { Bits = 2 }).Logits(x).data<float>().ToArray());
    }

    [Fact]
    public void Keeps_the_kind_of_the_victim()
    {
        Assert.IsType<IDifferentiable>(((IClassifier)victim).With(OneBit), exactMatch: false);
        Assert.IsType<IDifferentiable>(((IScoring)victim).With(OneBit), exactMatch: false);
    }

    [Fact]
    public void An_input_out_of_range_is_refused_and_not_repaired() =>
        Assert.Throws<ArgumentException>(() => victim.With(OneBit).Predict(full([1, 2], 1.5f)));

    [Fact]
    public void Rounding_has_no_gradient_and_the_way_straight_through_has_that_of_the_identity()
    {
        Assert.Equal([0f, 0], Gradient(victim.With(OneBit)));
        Assert.Equal([1f, 0], Gradient(victim.With(OneBit).StraightThrough));
        Assert.Equal([1f, 0], Gradient(victim.With(OneBit).With(new BitDepth()).Metered(new Meter()).StraightThrough));
    }

    [Fact]
    public void Nothing_stands_in_the_way_of_an_undefended_victim()
    {
        IDifferentiable white = victim;

        Assert.Same(white, white.StraightThrough);
        var metered = white.Metered(new Meter());
        Assert.Same(metered, metered.StraightThrough);
        Assert.Null(metered.Suspicion(rand(1, 2)));
    }

    [Fact]
    public void A_meter_counts_what_is_asked_past_it()
    {
        var meter = new Meter();

        victim.With(OneBit).Metered(meter).StraightThrough.Logits(rand(3, 2));

        Assert.Equal(3, meter.Forwards);
    }

    [Fact]
    public void A_random_sanitizer_draws_on_from_call_to_call()
    {
        var (noisy, again) = (victim.With(new RandomNoise(), seed: 3), victim.With(new RandomNoise(), seed: 3));
        var x = full([1, 2], 0.5f);

        var first = noisy.Logits(x);

        Assert.False(first.allclose(noisy.Logits(x), 0, 0));
        Assert.True(first.allclose(again.Logits(x), 0, 0));
    }

    private static float[] Gradient(IDifferentiable victim)
    {
        var x = full([1, 2], 0.6f).requires_grad_();
        return autograd.grad([victim.Logits(x)[0, 0]], [x])[0].data<float>().ToArray();
    }
}
