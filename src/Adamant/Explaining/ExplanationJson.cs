using System.Text.Encodings.Web;
using System.Text.Json;
using Adamant.Serialization;

namespace Adamant.Explaining;

/// <summary>Writes <c>explanation.json</c>: every number behind the figures, for machines.</summary>
/// <remarks>UTF-8, indented, camelCase; parts that do not apply are left out; a share carries its counts and its 95 % Wilson interval.</remarks>
public static class ExplanationJson
{
    private static readonly ExplanationJsonContext Context = new(new JsonSerializerOptions(ExplanationJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,     // a file for people and machines, never pasted into a page: ε stays ε
    });

    /// <summary>The explanation as JSON.</summary>
    /// <param name="explanation">What to write.</param>
    public static string ToText(Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return JsonSerializer.Serialize(explanation, Context.Explanation);
    }

    /// <summary>Writes the explanation; the file is either whole or what it was before.</summary>
    /// <param name="explanation">What to write.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(Explanation explanation, string path)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, explanation, Context.Explanation));
    }
}
