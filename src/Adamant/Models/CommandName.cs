namespace Adamant.Models;

/// <summary>What people type for a name of the code.</summary>
internal static class CommandName
{
    /// <summary><c>StepSize</c> becomes <c>step-size</c>.</summary>
    public static string Of(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
