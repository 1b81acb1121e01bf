using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Adamant.Engine;

/// <summary>
/// Loads libtorch, also on systems whose libstdc++ is older than the one TorchSharp was built with, and sets it up once.
/// </summary>
/// <remarks>
/// Runs by itself when the assembly is first used; call <see cref="Start"/> to be sure that it has run before TorchSharp is touched.
/// Nothing on disk is changed: see <see cref="ElfRebind"/> for what is edited in memory and docs/decisions/0002 for why.
/// </remarks>
public static partial class NativeEngine
{
    private const string Shim = "libLibTorchSharp.so", Core = "libtorch_cpu.so";
    private static readonly string[] LoadedBeforeTheShim = ["libgomp-98b21ff3.so.1", "libc10.so", Core, "libtorch.so"];

    /// <summary>How the engine was loaded.</summary>
    public static EngineLoad Load { get; private set; }

    /// <summary>Why the engine could not be loaded, in one line; null when it could.</summary>
    public static string? Failure { get; private set; }

    /// <summary>Whether numbers near zero are computed as zero.</summary>
    public static bool FlushesDenormals { get; private set; }

    /// <summary>Makes sure that the engine is loaded and set up. Calling it again does nothing.</summary>
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "TorchSharp must find the engine loaded, whoever touches it first.")]
    public static void Start()
    {
        if (started) return;
        started = true;
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) return;
        OpenMp.SpinBriefly();
        LoadShim();
    }

    private static bool started;

    private static void LoadShim()
    {
        if (FindFolder() is not { } folder) return;             // TorchSharp's own search may still find it, and says so where not
        foreach (var name in LoadedBeforeTheShim)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path)) continue;
            if (!TryLoad(path, out var error, out var library)) { Fail(error); return; }
            if (name == Core) SetUp(new Processor(library));
        }
        var shim = Path.Combine(folder, Shim);
        if (TryLoad(shim, out var why, out _)) return;
        if (!why.Contains(ElfRebind.IosBaseInit.Version, StringComparison.Ordinal)) { Fail(why); return; }

        var image = File.ReadAllBytes(shim);
        if (!ElfRebind.IosBaseInit.TryApply(image))
        {
            Fail($"{why} (and the library is not the one whose symbol Adamant knows how to rebind)");
            return;
        }
        if (!TryLoadFromMemory(image, out why)) { Fail(why); return; }
        Load = EngineLoad.Rebound;
    }

    private static void SetUp(Processor processor)
    {
        FlushesDenormals = processor.TryFlushDenormals(true);
        processor.LimitThreads(Environment.ProcessorCount);
    }

    private static void Fail(string why) => (Load, Failure) = (EngineLoad.Failed, why);

    private static string? FindFolder()
    {
        var search = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator);
        return search
            .Append(AppContext.BaseDirectory)
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"))
            .FirstOrDefault(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, Shim)));
    }

    private static bool TryLoad(string path, out string error, out nint library)
    {
        library = 0;
        try
        {
            library = NativeLibrary.Load(path);
            error = "";
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            error = e.Message.ReplaceLineEndings(" ").Trim();
            return false;
        }
    }

    private static bool TryLoadFromMemory(ReadOnlySpan<byte> image, out string error)
    {
        var file = MemFdCreate(Shim, 0);
        if (file < 0) { error = "memfd_create failed, so the repaired library has nowhere to live"; return false; }
        using (var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(file, ownsHandle: true))
        {
            RandomAccess.Write(handle, image, 0);
            return TryLoad($"/proc/self/fd/{file}", out error, out _);  // mapped: the descriptor may close
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemFdCreate(string name, uint flags);
}
