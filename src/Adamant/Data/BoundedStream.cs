using System.Security.Cryptography;

namespace Adamant.Data;

/// <summary>Reads a stream forward up to a limit, and hashes what was read.</summary>
/// <param name="source">The unpacked bytes; disposed with this stream.</param>
/// <param name="atMost">More bytes than these are refused.</param>
/// <param name="hash">Takes in every byte that is read; null for none. Belongs to the caller.</param>
internal sealed class BoundedStream(Stream source, long atMost, IncrementalHash? hash) : Stream
{
    private long position;

    /// <summary>How many bytes can still come at most: what a header claims beyond that is missing.</summary>
    public long Remaining => atMost - position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer);
        position += count;
        if (position > atMost) throw new InvalidDataException($"expected at most {atMost} bytes after unpacking, got more. Split the file");
        hash?.AppendData(buffer[..count]);
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }
}
