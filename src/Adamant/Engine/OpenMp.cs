using System.Runtime.InteropServices;

namespace Adamant.Engine;

/// <summary>
/// Keeps libtorch's threads from burning the cores while they wait for each other.
/// </summary>
/// <remarks>
/// GNU OpenMP lets a waiting thread spin for milliseconds. On an idle machine that saves a wake-up; where anything else runs (a build, a second test
/// process, another tenant) the spinning thread takes the core that the thread it waits for needs, and training slows down several times over. A short
/// spin keeps nearly all of the gain: see bench/results/speed.md. Settings of the user (<c>GOMP_SPINCOUNT</c>, <c>OMP_WAIT_POLICY</c>) win.
/// </remarks>
internal static partial class OpenMp
{
    /// <summary>Must run before libgomp is loaded: it reads its environment then, and only then.</summary>
    public static void SpinBriefly()
    {
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null) _ = SetEnv("GOMP_SPINCOUNT", "1000", overwrite: 0);
    }

    // Environment.SetEnvironmentVariable changes .NET's copy only, which native code does not see.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
