using System.IO.Compression;

namespace Adamant.Datasets;

/// <summary>The first 300,000 characters of Jane Austen's novel "Persuasion" (1818), embedded: a plain text for language models.</summary>
/// <remarks>In the public domain. Lines end with <c>\n</c>; ASCII. Source: R package janeaustenr.</remarks>
public static class Persuasion
{
    /// <summary>Reads the text, checked by its SHA-256.</summary>
    public static string ReadText()
    {
        using var reader = new StreamReader(new GZipStream(EmbeddedFile.Open("austen-persuasion.txt.gz"), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
