using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Adamant.Engine;

namespace Adamant.Tests;

/// <summary>Loads the engine before any test, or any data of a test, touches TorchSharp: whichever runs first, in whatever order.</summary>
internal static class EngineStart
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Nothing else runs before the static data of a test class.")]
    internal static void Load() => NativeEngine.Start();
}
