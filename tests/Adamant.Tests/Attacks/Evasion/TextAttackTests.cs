using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Models;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>The attacks on texts against votes that can be added in the head.</summary>
public sealed class TextAttackTests : TensorTest
{
    private readonly TextVictim victim;
    private readonly TextEncoding encoding;

    public TextAttackTests()
    {
        (var network, encoding) = BagNetwork.Of(("good", 2), ("great", 1), ("film", 0.25f), ("a", 0.125f), ("dull", -1), ("awful", -3));
        victim = network.AsTextVictim(encoding);
    }

    // "a good film" gets 2.375 votes for class 1.

    [Fact]
    public void Hotflip_replaces_the_word_that_matters_most_by_the_worst_one() =>
        Assert.Equal("a awful film", Attack(new HotFlip(), "a good film", 1, new WordEdits(0.3)));

    [Fact]
    public void Hotflip_keeps_everything_else_as_it_was() =>
        Assert.Equal("  A  (awful)\tFilm!", Attack(new HotFlip(), "  A  (good)\tFilm!", 1, new WordEdits(0.15)));

    [Fact]
    public void Hotflip_deletes_where_that_is_better()
    {
        // Two words that both vote for class 1: "fine fine" has 2 votes, "fine" has 1.
        var (network, words) = BagNetwork.Of(("good", 2), ("fine", 1));

        Assert.Equal("fine", Run(new HotFlip(), network.AsTextVictim(words), "good fine", 1, new WordEdits(0.1)));
        Assert.Equal("fine fine", Run(new HotFlip { Deletions = false }, network.AsTextVictim(words), "good fine", 1, new WordEdits(0.1)));
    }

    [Fact]
    public void The_best_edits_are_those_that_the_gradient_promises()
    {
        var (flips, _, margins) = Flips.Of(
            victim, ["a good film"], [0], new TextGoals(tensor(new[] { 1L }), new TextThreat(new WordEdits(1))), new WordEdits(1), 2, Cancellation);

        // awful is token 7: in place of good it takes 5 votes, of film 3.25, of a 3.125. The margin of class 0 is -2 · 2.375.
        Assert.Equal(
            [
                new Flip(FlipKind.Replace, 1, 7), new Flip(FlipKind.Replace, 2, 7), new Flip(FlipKind.Insert, 0, 7), new Flip(FlipKind.Insert, 1, 7),
                new Flip(FlipKind.Delete, 1, 0), new Flip(FlipKind.Delete, 2, 0),
            ],
            flips[0]);
        Assert.Equal([-4.75f], margins);
    }

    [Theory]
    [InlineData("good film", 0, "new good film")]
    [InlineData("(good)", 1, "( new good)")]
    public void A_word_is_inserted_with_blanks_around_it(string text, int at, string expected) => Assert.Equal(expected, Words.Insert(text, at, "new"));

    [Theory]
    [InlineData("a good film", 2, 4, "a film")]
    [InlineData("good film", 0, 4, "film")]
    [InlineData("a good", 2, 4, "a ")]
    [InlineData("one,two", 3, 1, "one two")]
    public void A_word_is_deleted_with_one_blank(string text, int start, int length, string expected) => Assert.Equal(expected, Words.Delete(text, start, length));

    [Fact]
    public void Hotflip_writes_nothing_that_the_threat_forbids()
    {
        var vectors = new WordVectors(["good", "great", "dull", "awful"], tensor(new float[,] { { 1, 0 }, { 1, 0.1f }, { 1, 0.5f }, { 0, 1 } }));

        Assert.Equal("a dull film", Attack(new HotFlip(), "a good film", 1, new NearWordEdits(0.3, vectors, 0.5)));
    }

    [Fact]
    public void Textfooler_replaces_the_most_important_word_by_the_nearest_that_wins()
    {
        var vectors = new WordVectors(["good", "great", "dull", "awful"], tensor(new float[,] { { 1, 0 }, { 1, 0.1f }, { 1, 0.5f }, { 1, 0.6f } }));

        Assert.Equal("a dull film", Attack(new TextFooler { Vectors = vectors }, "a good film", 1, new WordEdits(0.3)));
    }

    [Fact]
    public void Textfooler_needs_vectors_from_somewhere()
    {
        var error = Assert.Throws<ArgumentException>(() => new TextFooler().Perturb(
            new ScoringOnly(victim), ["a good film"], tensor(new[] { 1L }), new TextThreat(new WordEdits(0.3)), new Run(), Cancellation));

        Assert.StartsWith("Expected word vectors to find substitutes with, got none.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Typos_hit_the_word_that_matters_most_and_keep_its_first_letter()
    {
        var moved = Words.Of(Attack(new Typos(), "a good dull film", 1, new WordEdits(0.25)));

        Assert.Equal(["a", "dull", "film"], [moved[0], moved[2], moved[3]]);
        Assert.NotEqual("good", moved[1]);
        Assert.StartsWith("g", moved[1], StringComparison.Ordinal);
        Assert.Equal(1, new CharacterEdits(1).Measure("good", moved[1]));
    }

    [Fact]
    public void Homoglyphs_look_the_same_and_are_another_word() =>
        Assert.Equal("a g\u043Eod dull film", Attack(new Homoglyphs(), "a good dull film", 1, new WordEdits(0.25)));

    [Fact]
    public void Characters_without_width_are_an_option()
    {
        Assert.Equal("a 1\u200B23", Run(new Homoglyphs { ZeroWidth = true }, Numbers(), "a 123", 1, new CharacterEdits(0.2)));
        Assert.Equal("a 123", Run(new Homoglyphs(), Numbers(), "a 123", 1, new CharacterEdits(0.2)));

        static TextVictim Numbers()
        {
            var (network, words) = BagNetwork.Of(("123", 2), ("a", -1));
            return network.AsTextVictim(words);
        }
    }

    [Fact]
    public void Several_attacks_take_turns_on_the_texts_that_stand()
    {
        var both = new WorstOfTexts<ITextDifferentiable>(new Homoglyphs(), new HotFlip());

        var result = both.Against(victim, ["a good dull film", "good good good good"], tensor(new[] { 1L, 1L }), new TextThreat(new WordEdits(0.25)), cancellation: Cancellation);

        Assert.Equal("a g\u043Eod dull film", result.Adversarials[0]);              // fell to the first
        Assert.Contains("awful", result.Adversarials[1], StringComparison.Ordinal);
        Assert.Equal("WorstOf(Homoglyphs { Candidates = 4, ZeroWidth = False }, HotFlip { Candidates = 12, Beam = 1, Insertions = True, Deletions = True })", result.Attack);
        Assert.Equal("3 × Typos { Candidates = 8 }", new Typos().Repeat(3).ToString());
    }

    private string Attack(ITextEvasion<ITextDifferentiable> attack, string text, long label, Edits edits) => Run(attack, victim, text, label, edits);

    private static string Run(ITextEvasion<ITextDifferentiable> attack, ITextDifferentiable victim, string text, long label, Edits edits) =>
        attack.Perturb(victim, [text], tensor(new[] { label }), new TextThreat(edits), new Run(), Cancellation).Single();

    private sealed class ScoringOnly(ITextScoring inner) : ITextScoring
    {
        public Tensor Logits(IReadOnlyList<string> texts) => inner.Logits(texts);

        public Tensor Predict(IReadOnlyList<string> texts) => inner.Predict(texts);

        public void Dispose()
        {
        }
    }
}
