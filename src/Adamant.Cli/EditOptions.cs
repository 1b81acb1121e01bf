using System.CommandLine;
using Adamant.Attacks;
using Adamant.Data;
using Adamant.Texts;

namespace Adamant.Cli;

/// <summary>The options that say how far an attacker may edit texts.</summary>
internal sealed class EditOptions
{
    private readonly Option<double?> words =
        new Option<double?>("--words") { Description = "Texts: the share of the words that may be edited; 0.15 when left out." }.Within(0, 1);

    private readonly Option<double?> characters =
        new Option<double?>("--characters") { Description = "Texts: the share of the characters that may be edited, instead of words." }.Within(0, 1);

    private readonly Option<double?> similar =
        new Option<double?>("--similar") { Description = "Texts: only replace words by others of at least this cosine, learned from the data." }.Within(-1, 1);

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [words, characters, similar];

    /// <summary>Whether the user gave any of them.</summary>
    public bool AreGiven(ParseResult arguments) => All.Any(o => arguments.GetResult(o) is { Implicit: false });

    /// <summary>What the user allows.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="corpus">The texts that an attacker may learn the company of words from.</param>
    public Edits Read(ParseResult arguments, Func<IReadOnlyList<string>> corpus)
    {
        if (arguments.GetValue(characters) is { } share)
        {
            return arguments.GetValue(words) is null && arguments.GetValue(similar) is null
                ? new CharacterEdits(share)
                : throw new ArgumentException("Expected --characters alone, or --words with or without --similar.");
        }
        var some = Share(arguments);
        return arguments.GetValue(similar) is { } cosine ? new NearWordEdits(some, WordVectors.Fit(corpus()), cosine) : new WordEdits(some);
    }

    /// <summary>The share of the words.</summary>
    public double Share(ParseResult arguments) => arguments.GetValue(words) ?? 0.15;

    /// <summary>Substitutes of near meaning for training; null where any word may be one.</summary>
    public double? MinCosine(ParseResult arguments) => arguments.GetValue(similar);

    /// <summary>The texts of a data set.</summary>
    /// <exception cref="ArgumentException">It holds none.</exception>
    public static TextDataset Texts(IDataset data) => data as TextDataset
        ?? throw new ArgumentException($"The model reads texts, and {data.Card.Name} holds {data.Card.Input}. Choose a data set of texts.");

    /// <summary>What an attacker may learn the company of words from: the training part, as far as there is one.</summary>
    public static IReadOnlyList<string> Corpus(DataOptions data, ParseResult arguments)
    {
        using var train = data.Open(arguments, DatasetPart.Train);
        return [.. Texts(train).Texts];
    }
}
