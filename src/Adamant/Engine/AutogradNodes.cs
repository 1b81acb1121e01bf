using System.Runtime.InteropServices;

namespace Adamant.Engine;

/// <summary>How many nodes of gradient graphs the current thread has made: a model that makes some when nobody asked differentiates by itself.</summary>
internal static unsafe class AutogradNodes
{
    private static readonly delegate* unmanaged<ulong> Peek = Find();

    /// <summary>The count so far; null where libtorch does not tell.</summary>
    public static ulong? Count => Peek is null ? null : Peek();

    /// <summary><c>at::sequence_number::peek()</c>, by the name that compilers on Linux and macOS give it.</summary>
    private static delegate* unmanaged<ulong> Find()
    {
        foreach (var name in new[] { "libtorch_cpu.so", "libtorch_cpu.dylib" })
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "_ZN2at15sequence_number4peekEv", out var peek))
                return (delegate* unmanaged<ulong>)peek;
        }
        return null;
    }
}
