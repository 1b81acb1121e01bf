using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Tests.Victims;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>One pixel, class 1 above ½; samples 0.45 and 0.55 are near the border, the others are not.</summary>
public sealed class TimeBoxTests : TensorTest
{
    private static readonly FunctionVictim Threshold = new(new InputSpec([1], 0, 1), x => cat([zeros_like(x), 20 * (x - 0.5)], 1));
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(5);
    private readonly Batch data = new(tensor(new[] { 0.2f, 0.45f, 0.8f, 0.55f }).reshape(-1, 1), tensor(new[] { 0L, 0, 1, 1 }));
    private readonly Threat threat = new(new Linf(0.1));

    [Fact]
    public void With_time_enough_it_finds_what_the_ensemble_finds()
    {
        using var box = new TimeBox(Enough);
        var boxed = box.Against([("up", (IEvasion<IClassifier>)new Shift(1)), ("down", new Shift(-1))], Threshold, data, threat, cancellation: Cancellation);
        var whole = new WorstOf<IClassifier>(new Shift(1), new Shift(-1)).Against(Threshold, data, threat, cancellation: Cancellation);

        Assert.Equal(whole.RobustAccuracy, boxed.RobustAccuracy);
        Assert.Equal(whole.Success, boxed.Success);
        Assert.Equal(whole.Attack, boxed.Attack);
        Assert.Equal(whole.Adversarials.data<float>().ToArray(), boxed.Adversarials.data<float>().ToArray());
        Assert.Empty(boxed.NotRun);
        Assert.Equal([new Shift(1).ToString(), new Shift(-1).ToString()], new[] { 1, 3 }.Select(i => boxed.Samples[i].Attack));
        Assert.Equal(whole.Samples.Where(s => !s.IsRobust).Select(s => s.Attack), boxed.Samples.Where(s => !s.IsRobust).Select(s => s.Attack));
    }

    [Fact]
    public void Keeps_what_was_found_before_the_time_was_up_and_says_what_was_not_run()
    {
        using var box = new TimeBox(TimeSpan.FromMilliseconds(50));
        var result = box.Against(
            [("up", (IEvasion<IClassifier>)new Shift(1)), ("endless", new Endless()), ("down", new Shift(-1))], Threshold, data, threat, batchSize: 2, cancellation: Cancellation);

        // Up takes 0.45 before the clock runs out in the endless one; down, which would take 0.55, never starts.
        Assert.Equal(new Proportion(3, 4), result.RobustAccuracy);
        Assert.Equal(new Proportion(1, 4), result.Success);
        Assert.Equal([new NotRun("endless", 3), new NotRun("down", 3)], result.NotRun);
        Assert.Equal(0.55f, result.Adversarials[1].item<float>());
        Assert.Equal(TimeSpan.Zero, box.Left);
    }

    [Fact]
    public void Without_any_time_all_that_was_right_counts_as_robust()
    {
        using var box = new TimeBox(TimeSpan.Zero);
        var result = box.Against([("up", (IEvasion<IClassifier>)new Shift(1))], Threshold, data, threat, cancellation: Cancellation);

        Assert.Equal((new Proportion(4, 4), 0), (result.RobustAccuracy, (int)result.Forwards));
        Assert.Equal([new NotRun("up", 4)], result.NotRun);
        Assert.Equal(data.Inputs.data<float>().ToArray(), result.Adversarials.data<float>().ToArray());
    }

    [Fact]
    public void Texts_are_boxed_too()
    {
        var victim = new TextVictimOfOneWord();
        string[] texts = ["good film", "bad film"];
        using var box = new TimeBox(Enough);
        using var none = new TimeBox(TimeSpan.Zero);
        (string, ITextEvasion<ITextClassifier>)[] attacks = [("swap", new Swap())];

        var result = box.Against(attacks, victim, texts, tensor(new[] { 1L, 0 }), new TextThreat(new WordEdits(0.5)), cancellation: Cancellation);
        var nothing = none.Against(attacks, victim, texts, tensor(new[] { 1L, 0 }), new TextThreat(new WordEdits(0.5)), cancellation: Cancellation);

        Assert.Equal((new Proportion(1, 2), "bad film"), (result.RobustAccuracy, result.Adversarials[0]));
        Assert.Equal((new Proportion(2, 2), 2), (nothing.RobustAccuracy, (int)nothing.NotRun.Single().Samples));
    }

    [Fact]
    public void The_callers_cancellation_is_no_result()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        source.Cancel();
        using var box = new TimeBox(Enough);

        Assert.ThrowsAny<OperationCanceledException>(() => box.Against([("endless", (IEvasion<IClassifier>)new Endless())], Threshold, data, threat, cancellation: source.Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeBox(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentException>(() => box.Against(Array.Empty<(string, IEvasion<IClassifier>)>(), Threshold, data, threat, cancellation: Cancellation));
    }

    [Fact]
    public void A_target_is_what_counts()
    {
        using var box = new TimeBox(Enough);
        var wanted = threat with { Target = tensor(new[] { 1L, 1, 1, 1 }) };
        var result = box.Against([("up", (IEvasion<IClassifier>)new Shift(1))], Threshold, data, wanted, cancellation: Cancellation);

        // 0.8 and 0.55 are there already; of 0.2 and 0.45 the second gets there.
        Assert.Equal(new Proportion(1, 2), result.Success);
    }

    private sealed record Shift(int Direction) : IEvasion<IClassifier>
    {
        public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) =>
            inputs + Direction * threat.Ball.Radius;
    }

    private sealed record Endless : IEvasion<IClassifier>
    {
        public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
        {
            cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
            cancellation.ThrowIfCancellationRequested();
            return inputs;
        }
    }

    private sealed record Swap : ITextEvasion<ITextClassifier>
    {
        public IReadOnlyList<string> Perturb(ITextClassifier victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat, Run run, CancellationToken cancellation) =>
            [.. texts.Select(t => t.Replace("good", "bad", StringComparison.Ordinal))];
    }

    /// <summary>Class 1 where the text says good.</summary>
    private sealed class TextVictimOfOneWord : ITextClassifier
    {
        public Tensor Predict(IReadOnlyList<string> texts) => tensor(texts.Select(t => t.Contains("good", StringComparison.Ordinal) ? 1L : 0).ToArray());

        public void Dispose()
        {
        }
    }
}
