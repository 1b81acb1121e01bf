using System.Text.Unicode;

namespace Adamant.Data;

/// <summary>The lines of a text file; bytes that are no UTF-8 are refused with their line.</summary>
internal static class Utf8Lines
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads to the end; a line ends with <c>\n</c> or <c>\r\n</c>, and the last one need not.</summary>
    public static List<string> Read(Stream stream)
    {
        var lines = new List<string>();
        for (var rest = (ReadOnlySpan<byte>)ReadBytes(stream); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            lines.Add(System.Text.Encoding.UTF8.GetString(line.EndsWith("\r"u8) ? line[..^1] : line));
            if (lines.Count > DataLimits.Rows) throw new InvalidDataException($"expected at most {DataLimits.Rows} lines, got more. Split the file");
            rest = end < 0 ? default : rest[(end + 1)..];
        }
        return lines;
    }

    /// <summary>Reads to the end without the mark of UTF-8 at the beginning.</summary>
    public static byte[] ReadBytes(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        if (!Utf8.IsValid(bytes)) throw new InvalidDataException($"line {BadLine(bytes)}: expected text in UTF-8, got other bytes. Save the file as UTF-8");
        return bytes.StartsWith(Mark) ? bytes[Mark.Length..].ToArray() : bytes.ToArray();
    }

    private static int BadLine(ReadOnlySpan<byte> bytes)
    {
        var number = 1;
        for (; bytes.IndexOf((byte)'\n') is >= 0 and var end && Utf8.IsValid(bytes[..end]); number++) bytes = bytes[(end + 1)..];
        return number;
    }
}
