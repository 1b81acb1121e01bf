using System.Runtime.InteropServices;

namespace Adamant.Engine;

/// <summary>How libtorch uses the processor: numbers near zero, and threads.</summary>
/// <remarks>
/// TorchSharp offers neither <c>set_flush_denormal</c> nor a count of threads before its own start; libtorch exports both under their C++ names on Linux.
/// Where a name is missing, its setting stays as it is.
/// </remarks>
/// <param name="library">The handle of libtorch_cpu.</param>
internal sealed unsafe class Processor(nint library)
{
    /// <summary>
    /// Computes with 0 instead of numbers below about 1e-38, which many processors are a hundred times slower with. Holds for the calling thread and
    /// the threads it starts from now on.
    /// </summary>
    /// <returns>True when libtorch and the processor can.</returns>
    public bool TryFlushDenormals(bool flush)
    {
        if (!NativeLibrary.TryGetExport(library, "_ZN2at7Context16setFlushDenormalEb", out var function)) return false;
        var on = flush ? 1 : 0;
        return ((delegate* unmanaged[Cdecl]<nint, nint, byte>)function)(on, on) != 0;     // right for a static function and for a member alike
    }

    /// <summary>No more threads than the process has cores: in a container libtorch counts those of the machine. <c>OMP_NUM_THREADS</c> wins.</summary>
    public void LimitThreads(int cores)
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is not null) return;
        if (!NativeLibrary.TryGetExport(library, "_ZN2at15get_num_threadsEv", out var get)) return;
        if (!NativeLibrary.TryGetExport(library, "_ZN2at15set_num_threadsEi", out var set)) return;
        if (((delegate* unmanaged[Cdecl]<int>)get)() > cores) ((delegate* unmanaged[Cdecl]<int, void>)set)(cores);
    }
}
