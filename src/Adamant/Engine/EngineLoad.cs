namespace Adamant.Engine;

/// <summary>How libtorch was loaded.</summary>
public enum EngineLoad
{
    /// <summary>By TorchSharp alone: this system needs no help, or Adamant has none to give.</summary>
    AsPublished,

    /// <summary>The shim asks for a newer libstdc++ than this system has; a copy in memory with one symbol rebound was loaded.</summary>
    Rebound,

    /// <summary>The native library could not be loaded; <see cref="NativeEngine.Failure"/> says why.</summary>
    Failed,
}
