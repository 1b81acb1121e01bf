using Adamant.Auditing;
using Adamant.Data;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Reports;

/// <summary>How the report says numbers and names.</summary>
internal static class Words
{
    private const char Nbsp = '\u00A0';

    /// <summary><c>48.6 %</c>; a dash for a share of nothing.</summary>
    public static string Percent(double share) => double.IsNaN(share) ? "–" : $"{100 * share:0.0}{Nbsp}%";

    public static string Percent(Proportion share) => Percent(share.Value);

    /// <summary><c>44.2 – 53.0 %</c>, the 95 % Wilson interval; nothing for a share of nothing.</summary>
    public static string Interval(Proportion share) =>
        share.Trials == 0 ? "" : $"{100 * share.Wilson95.Low:0.0}{Nbsp}–{Nbsp}{100 * share.Wilson95.High:0.0}{Nbsp}%";

    /// <summary><c>+47.4 points</c>.</summary>
    public static string Points(Proportion now, Proportion before) =>
        now.Trials == 0 || before.Trials == 0 ? "" : $"{100 * (now.Value - before.Value):+0.0;−0.0;±0.0}{Nbsp}points";

    public static string Count(long count) => count.ToString("N0");

    public static string Number(double value) => value.ToString("0.####");

    public static string Duration(double seconds) => seconds switch
    {
        < 120 => $"{seconds:0.0}{Nbsp}s",
        < 7200 => $"{seconds / 60:0.0}{Nbsp}min",
        _ => $"{seconds / 3600:0.0}{Nbsp}h",
    };

    /// <summary>Short names of attacks are acronyms: <c>pgd</c> is PGD.</summary>
    public static string Attack(string name) => name.Length <= 4 ? name.ToUpperInvariant() : name;

    /// <summary><c>PGD</c>, or <c>the worst of FGSM and PGD</c> where a model faced several.</summary>
    public static string AttacksOf(AuditedModel model) => model.Attacks.Select(a => Attack(a.Name)).ToArray() switch
    {
        [var only] => only,
        [.. var others, var last] => $"the worst of {string.Join(", ", others)} and {last}",
        [] => "no attack",
    };

    /// <summary>A class by its name, or by its number where it has none.</summary>
    public static string Class(IReadOnlyList<string> names, int index) =>
        index >= 0 && index < names.Count && names[index].Length > 0 ? names[index] : $"class {index}";

    /// <summary>What one sample is called.</summary>
    public static string Samples(Audit audit, long count)
    {
        var one = audit.Data.Encoding is not null ? "text" : IsImage(audit.Data.Input.Shape) ? "image" : "sample";
        return count == 1 ? one : $"{one}s";
    }

    /// <summary>One or three channels, height, width.</summary>
    public static bool IsImage(IReadOnlyList<long> shape) => shape is [1 or 3, > 0, > 0];

    public static string Input(InputSpec input) => input.ToString();

    public static string Task(LearningTask task) => task == LearningTask.Classification ? "classification" : "regression";

    /// <summary>The threat in a sentence; nothing for a norm that needs none.</summary>
    public static string Threat(Audit audit)
    {
        var (min, max) = (audit.Data.Input.Min, audit.Data.Input.Max);
        var scale = double.IsFinite(min) && double.IsFinite(max) ? $" on a scale from {Number(min)} to {Number(max)}" : "";
        var one = IsImage(audit.Data.Input.Shape) ? "pixel value" : "value";
        return audit.Threat.Split(' ') switch
        {
            ["Linf", var radius] => $"{audit.Threat} means that the attacker may change every {one}, each by at most {radius}{scale}.",
            ["L2", var radius] =>
                $"{audit.Threat} means that the attacker may change every {one} as long as the whole change has a Euclidean length of at most {radius}{scale}.",
            _ => "",
        };
    }
}
