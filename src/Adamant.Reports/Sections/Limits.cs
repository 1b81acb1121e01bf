using Adamant.Auditing;

namespace Adamant.Reports.Sections;

/// <summary>What a reader must not conclude.</summary>
internal static class Limits
{
    public static Html Render(Audit audit)
    {
        var attacks = audit.Models.SelectMany(m => m.Attacks).Select(a => a.Name).Distinct().ToList();
        var trials = audit.Models.Max(m => m.CleanAccuracy.Trials);
        List<string> limits =
        [
            "An attack finds weaknesses; it never proves that there are none. The true robust accuracy on these data is at most the lowest figure of " +
            "each model here, and a better attacker may push it down further. Only certification gives a guarantee.",
            $"The figures hold for {audit.Threat} and for no other threat: not for {Others(audit)}, poisoned training data or stolen models.",
            $"The figures are estimates from {Words.Count(trials)} {Words.Samples(audit, trials)} of {audit.Data.Name}; the 95 % intervals say how " +
            "far chance alone may move them, and nothing about data of another kind.",
        ];
        if (attacks.Contains("fgsm"))
        {
            limits.Insert(0, attacks.Count == 1
                ? "Only FGSM was run. It is a single step and weak: a model that survives it may fall to PGD at once. Run PGD too."
                : "FGSM is a single step and weak: surviving it means little. Judge by the strongest attack.");
        }
        if (audit.Models.Any(m => m.Attacks.Any(a => a.Gradients > 0)))
        {
            limits.Add(
                "Attacks that follow the model’s gradient fail where the gradient is hidden, and the model then looks stronger than it is. " +
                "Look for attacks that need no gradient, and for attacks that know the defense.");
        }
        if (audit.Models.Count > 1)
            limits.Add("Hardening is not free: compare the clean accuracy as well, and the accuracy of each class, before choosing a model.");
        if (audit.Models.Any(m => m.NotRun.Count > 0))
            limits.Insert(0, "The time was up before all attacks had run: samples that were not attacked count as robust, and more time would take some of them.");
        return Html.Of($"<ul>{Html.Each(limits, l => Html.Of($"<li>{l}</li>"))}</ul>");
    }

    /// <summary>What else an attacker might do with data of this kind.</summary>
    private static string Others(Audit audit) =>
        audit.Data.Encoding is not null ? "more edits, other edits, whole sentences written anew"
        : Words.IsImage(audit.Data.Input.Shape) ? "larger changes, other norms, rotations, stickers"
        : "larger changes, other norms, values that are changed together";
}
