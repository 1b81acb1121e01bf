using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>Finds the class that keeps least.</summary>
internal static class Weakest
{
    /// <summary>The number of the lowest share; null where no class has samples.</summary>
    public static int? Of(IReadOnlyList<Proportion> perClass) =>
        Enumerable.Range(0, perClass.Count).Where(c => perClass[c].Trials > 0).Select(c => (int?)c).MinBy(c => perClass[c!.Value].Value);
}
