using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Texts;
using Adamant.Victims;
using static Adamant.Tests.Attacks.Evasion.AttackCases;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>What every attack on texts has to keep, on a small LSTM with dropout that is in the middle of its training.</summary>
public sealed class TextAttackContractTests : TensorTest
{
    private const int Count = 16, Classes = 3;
    private readonly SimpleLstm network;
    private readonly TextVictim victim;
    private readonly string[] texts;
    private readonly Tensor labels;

    public TextAttackContractTests()
    {
        var encoding = new TextEncoding { Splitting = Splitting.Words, Vocabulary = ["<pad>", "<unk>", .. Lexicon], MaxLength = 10 };
        network = new SimpleLstm(encoding.Vocabulary.Count, 6, 8, Classes);
        using (no_grad())
        {
            foreach (var weight in network.parameters()) weight.mul_(2);            // steep enough that single words matter
        }
        foreach (var weight in network.parameters()) weight.grad = full_like(weight, 7);
        network.train();
        victim = network.AsTextVictim(encoding);
        var random = new SplitMix(3);
        texts = [.. Enumerable.Range(0, Count).Select(i => string.Join(i % 2 == 0 ? " " : " , ", Enumerable.Range(0, 1 + (i % 12)).Select(_ => Lexicon[random.Below(Lexicon.Count)])))];
        labels = victim.Predict(texts);
    }

    [Fact]
    public void Every_attack_on_texts_of_the_catalog_has_a_line_in_the_table()
    {
        var tested = OnTexts.Select(c => c.Attack.GetType()).ToHashSet();
        Assert.All(AttackCatalog.All.Where(a => a.IsOnTexts), entry => Assert.Contains(entry.CreateOnTexts<ITextDifferentiable>().GetType(), tested));
        Assert.Equal(["homoglyphs", "hot-flip", "text-fooler", "typos"], AttackCatalog.All.Where(a => a.IsOnTexts).Select(a => a.Name));
    }

    [Theory, MemberData(nameof(NamesOnTexts), MemberType = typeof(AttackCases))]
    public void Stays_within_the_edits(string name)
    {
        var c = FindOnTexts(name);

        var moved = Perturb(c);

        Assert.Equal(Count, moved.Count);
        Assert.All(texts.Zip(moved), p => Assert.True(c.Edits.Measure(p.First, p.Second) <= c.Edits.Allowed(p.First), $"'{p.First}' became '{p.Second}'"));
        Assert.All(moved, text => Assert.NotEmpty(Words.Of(text)));
    }

    [Theory, MemberData(nameof(NamesOnTexts), MemberType = typeof(AttackCases))]
    public void Wins_some_texts_and_each_win_is_real(string name)
    {
        var c = FindOnTexts(name);

        var result = c.Attack.Against(victim, texts, labels, new TextThreat(c.Edits), cancellation: Cancellation);

        Assert.True(result.Success.Successes > 0);
        Assert.Equal(victim.Predict(result.Adversarials).data<long>().ToArray(), result.Samples.Select(s => s.Adversarial));
        Assert.Equal(texts.Zip(result.Adversarials, c.Edits.Measure).Select(e => (double)e), result.Samples.Select(s => s.Perturbation));
        Assert.True(result.Forwards > 0);
    }

    [Theory, MemberData(nameof(NamesOnTexts), MemberType = typeof(AttackCases))]
    public void Moves_towards_the_target_when_there_is_one(string name)
    {
        var target = (labels + 1).remainder(Classes);

        var moved = Perturb(FindOnTexts(name), target: target);

        Assert.True(Loss(moved, target) < Loss(texts, target));
    }

    [Theory, MemberData(nameof(NamesOnTexts), MemberType = typeof(AttackCases))]
    public void Changes_nothing_of_the_caller_or_the_network(string name)
    {
        string[] before = [.. texts];
        var truth = labels.clone();
        var target = (labels + 1).remainder(Classes);
        var wanted = target.clone();
        var state = network.state_dict().ToDictionary(p => p.Key, p => p.Value.clone());

        Perturb(FindOnTexts(name), target: target);

        Assert.Equal(before, texts);
        Assert.True(labels.bytes.SequenceEqual(truth.bytes) && target.bytes.SequenceEqual(wanted.bytes));
        Assert.All(network.state_dict(), p => Assert.True(p.Value.bytes.SequenceEqual(state[p.Key].bytes)));
        Assert.All(network.parameters(), p => Assert.True(p.requires_grad && p.grad!.eq(7).all().item<bool>()));
        Assert.True(network.training && network.children().All(m => m.training));
    }

    [Theory, MemberData(nameof(NamesOnTexts), MemberType = typeof(AttackCases))]
    public void Asks_nothing_when_it_is_canceled_before_it_starts(string name)
    {
        var meter = new Meter();
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => FindOnTexts(name).Attack.Perturb(
            victim.Metered(meter), texts, labels, new TextThreat(FindOnTexts(name).Edits), new Run(), cancel.Token));
        Assert.Equal(0, meter.Calls);
    }

    [Theory, MemberData(nameof(NamesOnTexts), MemberType = typeof(AttackCases))]
    public void Asks_nothing_more_once_it_is_canceled(string name)
    {
        using var cancel = new CancellationTokenSource();
        var canceling = new Canceling(victim, cancel);

        var thrown = Record.Exception(() => FindOnTexts(name).Attack.Perturb(
            canceling, texts, labels, new TextThreat(FindOnTexts(name).Edits), new Run(), cancel.Token));

        Assert.True(thrown is null or OperationCanceledException, thrown?.ToString());
        Assert.Equal(1, canceling.Calls);
    }

    [Theory, MemberData(nameof(NamesOnTexts), MemberType = typeof(AttackCases))]
    public void Gives_the_same_texts_for_the_same_seed(string name) => Assert.Equal(Perturb(FindOnTexts(name), seed: 4), Perturb(FindOnTexts(name), seed: 4));

    [Theory, MemberData(nameof(NamesOnTextsWithRandomness), MemberType = typeof(AttackCases))]
    public void Gives_something_else_for_another_seed(string name) => Assert.NotEqual(Perturb(FindOnTexts(name), seed: 1), Perturb(FindOnTexts(name), seed: 2));

    [Theory, MemberData(nameof(NamesOnTextsWithoutRandomness), MemberType = typeof(AttackCases))]
    public void Does_not_depend_on_how_the_texts_are_batched(string name)
    {
        var c = FindOnTexts(name);

        var whole = c.Attack.Against(victim, texts, labels, new TextThreat(c.Edits), cancellation: Cancellation);
        var parts = c.Attack.Against(victim, texts, labels, new TextThreat(c.Edits), batchSize: 5, cancellation: Cancellation);

        Assert.Equal(whole.Adversarials, parts.Adversarials);
    }

    [Theory, MemberData(nameof(NamesOnTexts), MemberType = typeof(AttackCases))]
    public void Takes_texts_of_one_word_of_unknown_words_and_of_ten_thousand(string name)
    {
        string[] odd = ["film", "zzz", "<b>&\"'", "😀", "\tfilm\n", string.Join(' ', Enumerable.Repeat("film plot", name.StartsWith("hot", StringComparison.Ordinal) ? 5_000 : 100))];
        var (attack, edits) = (FindOnTexts(name).Attack, FindOnTexts(name).Edits with { Share = 0.0001 });

        var result = attack.Against(victim, odd, zeros(odd.Length, ScalarType.Int64), new TextThreat(edits), cancellation: Cancellation);

        Assert.All(odd.Zip(result.Adversarials), p => Assert.True(edits.Measure(p.First, p.Second) <= edits.Allowed(p.First)));
    }

    [Theory, MemberData(nameof(NamesOnTexts), MemberType = typeof(AttackCases))]
    public void Does_nothing_without_a_budget(string name) =>
        Assert.Equal(texts, FindOnTexts(name).Attack.Perturb(victim, texts, labels, new TextThreat(FindOnTexts(name).Edits with { Share = 0 }), new Run(), Cancellation));

    [Theory, MemberData(nameof(NamesOnTexts), MemberType = typeof(AttackCases))]
    public void Leaves_no_tensor_behind(string name)
    {
        Once();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++) Once();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Once() => FindOnTexts(name).Attack.Against(victim, texts, labels, new TextThreat(FindOnTexts(name).Edits), cancellation: Cancellation);
    }

    private IReadOnlyList<string> Perturb(TextCase c, int seed = 0, Tensor? target = null) =>
        c.Attack.Perturb(victim, texts, labels, new TextThreat(c.Edits) { Target = target }, new Run { Seed = seed }, Cancellation);

    private float Loss(IReadOnlyList<string> some, Tensor classes) => nn.functional.cross_entropy(victim.Logits(some), classes).item<float>();

    private sealed class Canceling(ITextDifferentiable inner, CancellationTokenSource cancel) : ITextDifferentiable
    {
        public int Calls { get; private set; }

        public TextEncoding Encoding => inner.Encoding;

        public Tensor Table => inner.Table;

        public Tensor Embed(Tensor tokens) => inner.Embed(tokens);

        public Tensor Predict(IReadOnlyList<string> some) => Counted(() => inner.Predict(some));

        public Tensor Logits(IReadOnlyList<string> some) => Counted(() => inner.Logits(some));

        public Tensor FromEmbedding(Tensor embedded, Tensor tokens) => Counted(() => inner.FromEmbedding(embedded, tokens));

        public void Dispose()
        {
        }

        private Tensor Counted(Func<Tensor> ask)
        {
            Calls++;
            cancel.Cancel();
            return ask();
        }
    }
}
