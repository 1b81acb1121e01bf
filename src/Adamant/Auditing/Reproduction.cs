namespace Adamant.Auditing;

/// <summary>How to repeat a run, and on what it ran.</summary>
/// <param name="Command">The command line, ready to be pasted.</param>
/// <param name="Seed">The seed of everything that is random.</param>
/// <param name="AdamantVersion">The version of Adamant.</param>
/// <param name="Engine">The versions of TorchSharp and libtorch.</param>
/// <param name="Machine">Cores, vector width, memory and operating system in one line.</param>
/// <param name="Seconds">How long the whole run took.</param>
public sealed record Reproduction(string Command, int Seed, string AdamantVersion, string Engine, string Machine, double Seconds);
