using System.Text.Encodings.Web;
using System.Text.Json;
using Adamant.Serialization;

namespace Adamant.Auditing;

/// <summary>Reads and writes <c>audit.json</c>: everything that an audit found, for machines.</summary>
/// <remarks>
/// UTF-8, indented, camelCase. A share carries its counts, its value and its 95 % Wilson interval; the value of a share without trials is null, and
/// a bound of the inputs that is infinite is left out; a loss that is not a number is the text "NaN". The samples' values are left out.
/// </remarks>
public static class AuditJson
{
    private const int Format = 1;

    private static readonly AuditJsonContext Context = new(new JsonSerializerOptions(AuditJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,     // a file for people and machines, never pasted into a page: ε stays ε
    });

    /// <summary>The audit as JSON.</summary>
    /// <param name="audit">What to write.</param>
    public static string ToText(Audit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return JsonSerializer.Serialize(audit, Context.Audit);
    }

    /// <summary>Writes the audit; the file is either whole or what it was before.</summary>
    /// <param name="audit">What to write.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(Audit audit, string path)
    {
        ArgumentNullException.ThrowIfNull(audit);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, audit, Context.Audit));
    }

    /// <summary>Reads an audit back; the examples come without their values.</summary>
    /// <param name="path">A file written by <see cref="Write"/>.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is not an audit, or of a later format.</exception>
    public static Audit Read(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            var audit = JsonSerializer.Deserialize(stream, Context.Audit)
                ?? throw new InvalidDataException($"{path}: expected an audit, got null. Write it again with 'adamant audit'.");
            return audit.Format == Format
                ? audit
                : throw new InvalidDataException($"{path}: expected format {Format}, got {audit.Format}. Read it with the version of Adamant that wrote it.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: expected an audit as JSON: {e.Message} Write it again with 'adamant audit'.", e);
        }
    }
}
