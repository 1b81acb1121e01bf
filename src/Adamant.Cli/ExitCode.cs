namespace Adamant.Cli;

/// <summary>What the command line tells a script.</summary>
internal static class ExitCode
{
    /// <summary>Done, and every threshold held.</summary>
    public const int Held = 0;

    /// <summary>Done, and a threshold failed.</summary>
    public const int Failed = 1;

    /// <summary>Misuse: an option, a path, a file or data that do not fit.</summary>
    public const int Misuse = 2;

    /// <summary>Not finished: canceled, or out of budget.</summary>
    public const int Inconclusive = 3;

    /// <summary>A defect of Adamant.</summary>
    public const int Internal = 4;
}
