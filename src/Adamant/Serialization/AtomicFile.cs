namespace Adamant.Serialization;

/// <summary>Writes files that are either whole or not there.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes a temporary file beside <paramref name="path"/>, flushes it to the disk and renames it. Whatever fails, and whenever the process is
    /// killed, <paramref name="path"/> holds what it held before; a failure also removes the temporary file.
    /// </summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="write">Writes the content, from its first byte to its last.</param>
    /// <exception cref="IOException">The disk is full, the folder is missing, or <paramref name="path"/> is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new IOException($"{path}: expected the name of a file, got a folder. Add a file name to it.");
        var folder = Path.GetDirectoryName(full);
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{path}: expected the folder {folder}, which does not exist. Create it first.");
        var temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e)
        {
            TryDelete(temporary);
            if (e is UnauthorizedAccessException && e.Message.Contains(temporary, StringComparison.Ordinal))
                throw new UnauthorizedAccessException($"{path}: the folder may not be written to. Choose another one.", e);
            if (e is IOException && e.Message.Contains(temporary, StringComparison.Ordinal))
                throw new IOException(e.Message.Replace(temporary, full, StringComparison.Ordinal), e);
            throw;
        }
    }

    /// <summary>What failed first is what the caller must hear of.</summary>
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
