using System.CommandLine;
using Adamant.Data;
using Adamant.Texts;

namespace Adamant.Cli;

/// <summary>The options that say where the texts of a file are, and how they become tokens.</summary>
internal sealed class TextOptionSet
{
    private readonly Option<string?> column = new("--text-column") { Description = "Texts: the column or field that holds them; text when left out." };
    private readonly Option<string?> tokenizer = new Option<string?>("--tokenizer") { Description = "Texts: words (the default), bpe, wordpiece, cl100k, o200k or characters." }
        .AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Enum.GetNames<Splitting>().Select(n => n.ToLowerInvariant())]);
    private readonly Option<int?> vocabulary = new Option<int?>("--vocabulary") { Description = "Texts: the most tokens to tell apart; 20000, or 8000 for bpe and wordpiece." }.Within(3, TextEncoding.Limit);
    private readonly Option<int?> maxLength = new Option<int?>("--max-length") { Description = "Texts: the most tokens of one text, the rest is cut off; 256 when left out." }.Within(1, TextEncoding.Limit);

    public IEnumerable<Option> All => [column, tokenizer, vocabulary, maxLength];

    /// <summary>What the user said of texts; null when nothing, so that the file decides whether it holds some.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="label">The column of the labels.</param>
    /// <param name="encoding">That of the model that the data are for; null where there is none yet.</param>
    public TextOptions? Read(ParseResult arguments, string? label, TextEncoding? encoding)
    {
        var fits = new Option[] { tokenizer, vocabulary, maxLength }.Any(o => arguments.GetResult(o) is { Implicit: false });
        if (fits && encoding is not null) throw new ArgumentException("Expected no --tokenizer, --vocabulary or --max-length for a model that is trained: it brings its own tokenizer.");
        var splitting = Enum.Parse<Splitting>(arguments.GetValue(tokenizer) ?? nameof(Splitting.Words), ignoreCase: true);
        if (!fits && encoding is null && arguments.GetValue(column) is null) return null;
        return new TextOptions
        {
            Column = arguments.GetValue(column),
            Label = label,
            Encoding = encoding,
            Fit = new TextEncodingOptions
            {
                Splitting = splitting,
                MaxVocabulary = arguments.GetValue(vocabulary) ?? (splitting is Splitting.Bpe or Splitting.WordPiece ? 8000 : 20_000),
                MaxLength = arguments.GetValue(maxLength) ?? (splitting is Splitting.Characters ? 1024 : 256),
            },
        };
    }
}
