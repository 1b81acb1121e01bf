using Adamant.Serialization;

namespace Adamant.Tests.Serialization;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Replaces_the_file_and_leaves_nothing_beside_it()
    {
        AtomicFile.Write(folder["a"], s => s.Write("first"u8));
        AtomicFile.Write(folder["a"], s => s.Write("second"u8));

        Assert.Equal("second", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void Keeps_the_old_file_when_the_disk_fills_up_in_the_middle()
    {
        AtomicFile.Write(folder["a"], s => s.Write("first"u8));

        var e = Assert.Throws<IOException>(() => AtomicFile.Write(folder["a"], s =>
        {
            s.Write("sec"u8);
            throw new IOException("No space left on device");
        }));

        Assert.Equal("No space left on device", e.Message);
        Assert.Equal("first", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void The_name_appears_only_when_the_content_is_complete()
    {
        AtomicFile.Write(folder["a"], s =>
        {
            s.Write("half"u8);
            s.Flush();
            Assert.False(File.Exists(folder["a"]));
        });
        Assert.True(File.Exists(folder["a"]));
    }

    [Fact]
    public void A_missing_folder_a_folder_as_name_and_an_unwritable_folder_are_input_output_errors()
    {
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder["missing/a"], _ => { }));
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder.Path, _ => { }));
        if (!OperatingSystem.IsLinux()) return;
        var e = Record.Exception(() => AtomicFile.Write("/proc/adamant", _ => { }));      // nobody may create a file there
        Assert.True(e is IOException or UnauthorizedAccessException, e?.ToString());
    }

    [Fact]
    public void Errors_name_the_file_that_was_asked_for()
    {
        var missing = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(folder["missing/a"], _ => { }));
        Assert.Equal($"{folder["missing/a"]}: expected the folder {folder["missing"]}, which does not exist. Create it first.", missing.Message);
        if (!OperatingSystem.IsLinux()) return;
        Assert.DoesNotContain(".tmp", Record.Exception(() => AtomicFile.Write("/proc/adamant", _ => { }))!.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
