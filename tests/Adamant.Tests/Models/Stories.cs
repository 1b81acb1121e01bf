using Adamant.Models;
using Adamant.Serialization;

namespace Adamant.Tests.Models;

/// <summary>The public model stories260K, where it is installed.</summary>
internal static class Stories
{
    private static string? Folder =>
        Environment.GetEnvironmentVariable("ADAMANT_DATA_DIR") is { Length: > 0 } root && Directory.Exists(Path.Combine(root, "stories260k")) ? Path.Combine(root, "stories260k") : null;

    /// <summary>The path of one of its files; skips the test where there is none.</summary>
    public static string File(string name)
    {
        Assert.SkipWhen(Folder is null, "stories260k is not installed: set ADAMANT_DATA_DIR to a folder that holds it.");
        return Path.Combine(Folder!, name);
    }

    public static LanguageModel Open() => Llama2c.Open(File("stories260K.bin"), File("tok512.bin"));
}
