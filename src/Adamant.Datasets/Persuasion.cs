using System.IO.Compression;
using Adamant.Data;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>The first 300,000 characters of Jane Austen's novel "Persuasion" (1818), embedded: a plain text for language models.</summary>
/// <remarks>The last 30,000 characters are for the test. In the public domain. Lines end with <c>\n</c>; ASCII. Source: R package janeaustenr.</remarks>
public sealed class Persuasion : INamedDataset
{
    private const int Trained = 270_000, All = 300_000, Characters = 77;        // with padding and unknown

    /// <summary>The tokens of a window; 128 by default.</summary>
    public int Length { get; init; } = 128;

    /// <inheritdoc/>
    public string Name => "persuasion";

    /// <inheritdoc/>
    public Availability Availability => Availability.Embedded;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Jane Austen, Persuasion, the first 300,000 characters: a text for language models.",
        Input = InputSpec.Tokens(Characters),
        Rows = ((part == DatasetPart.Train ? Trained : All - Trained) - 1) / Length,
        Task = LearningTask.NextToken,
        License = "public domain",
        Source = "Silge, R package janeaustenr",
        Sha256 = "bf51b0527436fd70b6af7c2c323e1dd346b1cc6ddbb370c23a3fe5484bb0e43c",
    };

    /// <summary>Reads the text, checked by its SHA-256.</summary>
    public static string ReadText()
    {
        using var reader = new StreamReader(new GZipStream(EmbeddedFile.Open("austen-persuasion.txt.gz"), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    /// <remarks>In windows of <see cref="Length"/> characters.</remarks>
    public IDataset Load(DatasetPart part) =>
        Load(part, new TextOptions { Fit = new TextEncodingOptions { Splitting = Splitting.Characters, MaxLength = Length } });

    /// <summary>Loads a part with an encoding of the caller's choice.</summary>
    /// <param name="part">Which part.</param>
    /// <param name="options">Its encoding, or how to fit one to the training part; case is kept, and the longest text is the length of a window.</param>
    public TokenWindows Load(DatasetPart part, TextOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var text = ReadText();
        var encoding = options.Encoding ?? TextEncoding.Fit([text[..Trained]], options.Fit with { Lowercase = false, MinCount = 1 });
        return TokenWindows.Of(Card(part) with { Encoding = encoding }, part == DatasetPart.Train ? text[..Trained] : text[Trained..], encoding.MaxLength);
    }
}
