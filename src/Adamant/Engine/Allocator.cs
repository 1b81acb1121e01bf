using System.Runtime.InteropServices;

namespace Adamant.Engine;

/// <summary>
/// Tells glibc's malloc to keep the pages of large tensors instead of returning them to the system after every step.
/// </summary>
/// <remarks>
/// Activations above 32 MB are otherwise mapped, faulted in and unmapped in each step, which costs a third of the throughput of a
/// convolutional network. For networks of images only: up to glibc 2.37 the aligned blocks of recurrent layers, once kept, are not found again (glibc bug
/// 14581), and a training of an LSTM grew by 9 MB in each step. Settings of the user (the <c>MALLOC_*_</c> environment variables or <c>GLIBC_TUNABLES</c>) win. Elsewhere than on glibc: no effect.
/// </remarks>
internal static partial class Allocator
{
    private const int TrimThreshold = -1, TopPad = -2, MmapThreshold = -3;

    /// <summary>For the whole process; calling it again changes nothing.</summary>
    public static void KeepPages()
    {
        if (!OperatingSystem.IsLinux()) return;
        if (IsSet("MALLOC_MMAP_THRESHOLD_") || IsSet("MALLOC_TRIM_THRESHOLD_") || IsSet("MALLOC_TOP_PAD_") || IsSet("GLIBC_TUNABLES")) return;
        try
        {
            _ = MallOpt(MmapThreshold, 1 << 30);
            _ = MallOpt(TrimThreshold, int.MaxValue);
            _ = MallOpt(TopPad, 64 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no mallopt, and nothing to set.
        }
    }

    private static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) is not null;

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallOpt(int parameter, int value);
}
