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
        var temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
