using Adamant.Attacks.Evasion;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class LossesTests : TensorTest
{
    private readonly Tensor logits = tensor(new[] { 5f, 3f, 1f, 0f, 1f, 4f, 2f, 0f }).reshape(2, 4);
    private readonly Tensor labels = tensor(new long[] { 0, 2 });
    private readonly Tensor target = tensor(new long[] { 3, 0 });

    [Fact]
    public void The_margin_is_above_zero_where_the_attacker_has_won()
    {
        Assert.Equal([-2f, 2f], Losses.Margin(logits, labels, null).data<float>().ToArray());
        Assert.Equal([-5f, -3f], Losses.Margin(logits, labels, target).data<float>().ToArray());
    }

    [Fact]
    public void The_difference_of_logits_ratio_is_that_of_the_paper()
    {
        // −(5 − 3) / (5 − 1) and −(2 − 4) / (4 − 1); towards the target −(5 − 0) / (5 − (1 + 0) / 2) and −(2 − 1) / (4 − (1 + 0) / 2).
        Assert.Equal([-0.5, 2 / 3.0], Losses.Dlr(logits, labels, null).data<float>().ToArray().Select(v => (double)v), Close);
        Assert.Equal([-5 / 4.5, -1 / 3.5], Losses.Dlr(logits, labels, target).data<float>().ToArray().Select(v => (double)v), Close);
    }

    [Fact]
    public void The_difference_of_logits_ratio_does_not_care_for_scale() =>
        Assert.True(Losses.Dlr(logits, labels, null).allclose(Losses.Dlr((1000 * logits) + 7, labels, null), 1e-5));

    [Fact]
    public void A_ledger_charges_the_whole_for_its_part()
    {
        var ledger = new Adamant.Attacks.QueryLedger(4);
        var part = ledger.Select(tensor(new long[] { 3, 1 }));
        part.Charge(tensor(new long[] { 0 }), 5);
        part.Charge(tensor(new long[] { 0, 1 }));

        Assert.Equal([0, 1, 0, 6], Enumerable.Range(0, 4).Select(i => ledger[i]));
        Assert.Equal(6, part[0]);
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-6;
}
