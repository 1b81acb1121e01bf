using Adamant.Auditing;
using Adamant.Training;

namespace Adamant.Reports.Sections;

/// <summary>Two cards per model: what it can do, and what the attacks leave of it.</summary>
internal static class KeyNumbers
{
    public static Html Render(Audit audit) => Html.Of($"""<ul class="cards">{Html.Each(audit.Models, m => Cards(audit, m))}</ul>""");

    private static Html Cards(Audit audit, AuditedModel model)
    {
        var clean = Card(Html.Of($"<b>{model.Name}</b>: clean accuracy"), model.CleanAccuracy, "on untouched samples");
        if (model.Attacks.Count == 0) return clean;
        var remark = $"left by {Words.AttacksOf(model)}";
        var worst = model.WorstClass is { } c
            ? Html.Of($"<span>worst class: {Words.Class(audit.Data.ClassNames, c)}, {Words.Percent(model.WorstCasePerClass[c])}</span>")
            : Html.None;
        return Html.Join([clean, Card(Html.Of($"<b>{model.Name}</b>: robust accuracy"), model.WorstCase, remark, worst)]);
    }

    private static Html Card(Html name, Proportion share, string remark, Html more = default) => Html.Of(
        $"""
        <li><span class="name">{name}</span><span class="big">{Words.Percent(share)}</span>
        <span>95 % interval {(share.Trials == 0 ? "unknown" : Words.Interval(share))}</span>
        <span>{Words.Count(share.Successes)} of {Words.Count(share.Trials)}, {remark}</span>{more}</li>
        """);
}
