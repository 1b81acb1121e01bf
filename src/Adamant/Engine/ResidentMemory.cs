using System.Globalization;

namespace Adamant.Engine;

/// <summary>
/// What the process holds in memory: the figure in which a leak of tensors shows, as the garbage collector does not see native memory.
/// </summary>
public static class ResidentMemory
{
    /// <summary>The bytes of this process that are in physical memory now.</summary>
    public static long Bytes
    {
        get
        {
            // /proc/self/statm counts pages and is exact; elsewhere the runtime asks the system.
            if (OperatingSystem.IsLinux() && File.Exists("/proc/self/statm"))
                return long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
            return Environment.WorkingSet;
        }
    }
}
