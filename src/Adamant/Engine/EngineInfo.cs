using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Adamant.Engine;

/// <summary>How the engine was loaded and on what it runs; a snapshot for <c>adamant doctor</c> and for reports.</summary>
public sealed partial record EngineInfo
{
    /// <summary>How libtorch was loaded.</summary>
    public required EngineLoad Load { get; init; }

    /// <summary>Why it was loaded that way, in one sentence.</summary>
    public required string Cause { get; init; }

    /// <summary>What to do about it, in one sentence; empty when nothing is to be done.</summary>
    public required string Cure { get; init; }

    /// <summary>The version of TorchSharp.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>The version of libtorch that this TorchSharp is built for; empty when the engine did not load.</summary>
    public required string Libtorch { get; init; }

    /// <summary>The version of .NET.</summary>
    public required string Runtime { get; init; }

    /// <summary>The operating system and the architecture of the process.</summary>
    public required string System { get; init; }

    /// <summary>The file of the C++ library in use, which carries its version; empty where it is not libstdc++.</summary>
    public required string Libstdcxx { get; init; }

    /// <summary>The cores that the process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>The widest vectors of the processor, <c>AVX-512</c>, <c>AVX2</c> or <c>128-bit vectors</c>.</summary>
    public required string Vectors { get; init; }

    /// <summary>The threads that one operation of libtorch uses; 0 when the engine did not load.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether numbers near zero are flushed to zero, which some processors compute far faster.</summary>
    public required bool FlushesDenormals { get; init; }

    /// <summary>The bytes of memory that the process may use.</summary>
    public required long TotalMemory { get; init; }

    /// <summary>The bytes of <see cref="TotalMemory"/> that are free.</summary>
    public required long AvailableMemory { get; init; }

    /// <summary>The bytes that this process holds.</summary>
    public required long Resident { get; init; }

    /// <summary>The versions in one line.</summary>
    public string Versions => $"TorchSharp {TorchSharp}, libtorch {(Libtorch.Length > 0 ? Libtorch : "not loaded")}, {Runtime}";

    /// <summary>The machine in one line.</summary>
    public string Machine => $"{Cores} cores, {Vectors}, {Gigabytes(TotalMemory)}, {System}";

    /// <summary>Everything for people, line by line.</summary>
    [JsonIgnore]
    public IEnumerable<(string Name, string Value)> Lines =>
    [
        ("engine", Cause),
        .. Cure.Length > 0 ? [("what to do", Cure)] : Array.Empty<(string, string)>(),
        ("versions", Versions),
        ("system", System),
        .. Libstdcxx.Length > 0 ? [("C++ library", Libstdcxx)] : Array.Empty<(string, string)>(),
        ("cores", $"{Cores}, {Vectors}"),
        ("threads", $"{Threads}, denormals {(FlushesDenormals ? "flushed" : "kept")}"),
        ("memory", $"{Gigabytes(TotalMemory)}, {Gigabytes(AvailableMemory)} free, {Resident >> 20} MB in use by this process"),
    ];

    /// <summary>Looks at the engine and the machine; loads the engine if nobody has.</summary>
    public static EngineInfo Collect()
    {
        NativeEngine.Start();
        var (works, broken) = TryEngine();
        var load = works ? NativeEngine.Load : EngineLoad.Failed;
        var (cause, cure) = Explain(load, NativeEngine.Failure ?? broken);
        var memory = GC.GetGCMemoryInfo();
        return new EngineInfo
        {
            Load = load,
            Cause = cause,
            Cure = cure,
            TorchSharp = Version(typeof(torch).Assembly),
            Libtorch = works ? string.Join('.', torch.__version__.Split('.').Take(3)) : "",
            Runtime = RuntimeInformation.FrameworkDescription,
            System = $"{Distribution()}, {RuntimeInformation.RuntimeIdentifier}",
            Libstdcxx = LoadedLibstdcxx(),
            Cores = Environment.ProcessorCount,
            Vectors = WidestVectors(),
            Threads = works ? get_num_threads() : 0,
            FlushesDenormals = NativeEngine.FlushesDenormals,
            TotalMemory = memory.TotalAvailableMemoryBytes,
            AvailableMemory = Math.Max(0, Available() ?? (memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes)),
            Resident = ResidentMemory.Bytes,
        };
    }

    /// <summary>The true cause of how the engine loaded, and its cure.</summary>
    internal static (string Cause, string Cure) Explain(EngineLoad load, string? failure) => load switch
    {
        EngineLoad.AsPublished => ("libtorch loads as published", ""),
        EngineLoad.Rebound => (
            $"libtorch loads after a repair in memory: TorchSharp asks for {ElfRebind.IosBaseInit.Version}, which this system's libstdc++ is too old to have", ""),
        _ when failure is null => ("libtorch does not load", "Build for linux-x64, win-x64 or osx-arm64, the systems for which libtorch is published."),
        _ when failure.Contains("libstdc++", StringComparison.Ordinal) || failure.Contains("GLIBC", StringComparison.Ordinal) => (
            $"libtorch does not load: {failure}", "Use a newer distribution (glibc 2.34 or newer: Debian 12, Ubuntu 22.04, RHEL 9) or a container of one."),
        _ => ($"libtorch does not load: {failure}", "Build again from a clean folder, so that the native files of TorchSharp and libtorch are there and of the same version."),
    };

    private static (bool Works, string? Broken) TryEngine()
    {
        if (NativeEngine.Load == EngineLoad.Failed) return (false, null);
        try
        {
            using var one = ones(1);
            return (true, null);
        }
        catch (Exception e) when (e is TypeInitializationException or NotSupportedException or DllNotFoundException or BadImageFormatException)
        {
            return (false, (e.InnerException ?? e).Message.ReplaceLineEndings(" ").Trim());
        }
    }

    private static string Version(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{assembly.GetName().Version}").Split('+')[0];

    /// <summary>Asks the processor itself: in a natively compiled program <c>IsSupported</c> speaks of what was compiled for.</summary>
    private static string WidestVectors()
    {
        const int features = 7, avx2 = 1 << 5, avx512 = 1 << 16;
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < features) return "128-bit vectors";
        var has = X86Base.CpuId(features, 0).Ebx;
        return (has & avx512) != 0 ? "AVX-512" : (has & avx2) != 0 ? "AVX2" : "128-bit vectors";
    }

    private static string Distribution()
    {
        const string osRelease = "/etc/os-release", key = "PRETTY_NAME=";
        var line = File.Exists(osRelease) ? File.ReadLines(osRelease).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.OSDescription : line[key.Length..].Trim('"');
    }

    /// <summary>The mapped file, with symbolic links resolved: <c>libstdc++.so.6.0.30</c>.</summary>
    private static string LoadedLibstdcxx()
    {
        const string maps = "/proc/self/maps";
        var line = File.Exists(maps) ? File.ReadLines(maps).FirstOrDefault(l => l.Contains("libstdc++", StringComparison.Ordinal)) : null;
        return line is null ? "" : Path.GetFileName(line);
    }

    private static long? Available()
    {
        const string memInfo = "/proc/meminfo";
        if (!File.Exists(memInfo) || AvailableKilobytes().Match(File.ReadAllText(memInfo)) is not { Success: true } match) return null;
        return long.Parse(match.Groups[1].ValueSpan) * 1024;
    }

    private static string Gigabytes(long bytes) => $"{bytes / (double)(1 << 30):0.0} GB";

    [GeneratedRegex(@"^MemAvailable:\s+(\d+) kB", RegexOptions.Multiline)]
    private static partial Regex AvailableKilobytes();
}
