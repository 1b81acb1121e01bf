using Adamant.Attacks.Evasion;
using Adamant.Training;

namespace Adamant.Cli.Results;

/// <summary>What an attack leaves of one class.</summary>
internal sealed record ClassShare(long Class, string Name, Share Robust)
{
    /// <summary>The class that keeps least; null without samples.</summary>
    public static ClassShare? Worst(Judgment result, IReadOnlyList<string> names) => result.Samples.GroupBy(s => s.Label)
        .Select(g => (Class: g.Key, Robust: new Proportion(g.LongCount(s => s.IsRobust), g.LongCount())))
        .OrderBy(c => c.Robust.Value).ThenBy(c => c.Class)
        .Select(c => new ClassShare(c.Class, c.Class < names.Count ? names[(int)c.Class] : $"class {c.Class}", Share.Of(c.Robust)))
        .FirstOrDefault();
}
