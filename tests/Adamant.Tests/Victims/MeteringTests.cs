using Adamant.Victims;

namespace Adamant.Tests.Victims;

public sealed class MeteringTests : TensorTest
{
    private readonly ModuleVictim victim = new(Linear([[1, 0], [0, 1]]), new InputSpec([2]));

    [Fact]
    public void Counts_calls_samples_and_gradients()
    {
        var meter = new Meter();
        var metered = victim.Metered(meter);

        metered.Predict(zeros(3, 2));
        metered.Logits(zeros(4, 2));
        metered.Logits(zeros(5, 2).requires_grad_());

        Assert.Equal((3, 12, 5), (meter.Calls, meter.Forwards, meter.Gradients));
        Assert.Equal(victim.Input, metered.Input);
    }

    [Fact]
    public void Keeps_the_kind_of_the_victim()
    {
        var meter = new Meter();

        Assert.IsType<IDifferentiable>(((IClassifier)victim).Metered(meter), exactMatch: false);
        Assert.IsType<IDifferentiable>(((IScoring)victim).Metered(meter), exactMatch: false);
        Assert.IsNotType<IDifferentiable>(new Scores(victim).Metered(meter), exactMatch: false);
        Assert.IsNotType<IScoring>(new Labels(victim).Metered(meter), exactMatch: false);
    }

    [Fact]
    public void Refuses_more_than_the_budget_and_does_not_charge_for_it()
    {
        var meter = new Meter(10);
        using var metered = victim.Metered(meter);
        metered.Predict(zeros(8, 2));

        var error = Assert.Throws<QueryBudgetException>(() => metered.Predict(zeros(3, 2)));

        Assert.Equal("The query budget is 10 samples: 8 are used, and the next call asks for 3. Allow a larger budget, or a smaller batch.", error.Message);
        Assert.Equal(8, meter.Forwards);
        metered.Predict(zeros(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Meter(-1));
    }

    [Fact]
    public void Answers_as_the_victim_does()
    {
        var x = rand(4, 2);

        Assert.Equal(victim.Logits(x).bytes.ToArray(), victim.Metered(new Meter()).Logits(x).bytes.ToArray());
        Assert.Throws<ArgumentException>(() => victim.Metered(new Meter()).Logits(tensor(1f)));
    }

    private class Labels(IClassifier inner) : IClassifier
    {
        public InputSpec Input => inner.Input;

        public Tensor Predict(Tensor inputs) => inner.Predict(inputs);

        public void Dispose() => GC.SuppressFinalize(this);
    }

    private sealed class Scores(IScoring inner) : Labels(inner), IScoring
    {
        public Tensor Logits(Tensor inputs) => inner.Logits(inputs);
    }
}
