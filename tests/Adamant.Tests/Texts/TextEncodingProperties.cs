using Adamant.Texts;
using FsCheck;
using FsCheck.Fluent;

namespace Adamant.Tests.Texts;

/// <summary>What holds for every text and every way to split it.</summary>
public sealed class TextEncodingProperties
{
    private static readonly string[] Corpus = ["the cat sat on the mat, the cat!", "a dog's 2nd day 😀 😀", "un été à la mer\nun hiver"];

    private static readonly TextEncoding[] Encodings =
    [
        .. new[] { Splitting.Words, Splitting.Bpe, Splitting.WordPiece, Splitting.Characters }
            .Select(s => TextEncoding.Fit(Corpus, new TextEncodingOptions { Splitting = s, MinCount = 1, MaxLength = 40, Lowercase = false })),
    ];

    public static TheoryData<int> Ways => [.. Enumerable.Range(0, Encodings.Length)];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Tokens_lie_in_the_text_in_order_and_apart(int way) => ForTexts(text =>
    {
        var tokens = Encodings[way].Tokenize(text);
        var end = 0;
        foreach (var token in tokens)
        {
            if (token.Start < end || token.Length < 1 || token.Id < 1 || token.Id >= Encodings[way].Vocabulary.Count) return false;
            end = token.Start + token.Length;
        }
        return end <= text.Length && tokens.Count <= 40 && (tokens.Count == 0) == string.IsNullOrWhiteSpace(text);
    });

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_same_text_gives_the_same_tokens(int way) => ForTexts(text =>
        Encodings[way].Tokenize(text).SequenceEqual((Encodings[way] with { Vocabulary = [.. Encodings[way].Vocabulary] }).Tokenize(text)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_is_known_is_decoded_as_it_was(int way) => Assert.All(Corpus, text =>
        Assert.Equal(text[..Math.Min(30, text.Length)], Encodings[way].Decode(Encodings[way].Tokenize(text[..Math.Min(30, text.Length)]).Select(t => t.Id))));

    private static void ForTexts(Func<string, bool> holds)
    {
        var characters = Gen.Frequency(
            (8, Gen.Elements("the cat sdog'un é\n".ToCharArray().Select(c => c.ToString()).ToArray())), (1, Gen.Constant("😀")), (1, ArbMap.Default.GeneratorFor<char>().Select(c => c.ToString())));
        Prop.ForAll(Arb.From(Gen.ListOf(characters).Select(string.Concat)), holds).QuickCheckThrowOnFailure();
    }
}
