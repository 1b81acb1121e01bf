using Adamant.Auditing;
using Adamant.Training;

namespace Adamant.Reports.Sections;

/// <summary>Two cards per model: what it can do, and what the attacks leave of it.</summary>
internal static class KeyNumbers
{
    public static Html Render(Audit audit) => Html.Of($"""<ul class="cards">{Html.Each(audit.Models, Cards)}</ul>""");

    private static Html Cards(AuditedModel model)
    {
        var clean = Card(Html.Of($"<b>{model.Name}</b>: clean accuracy"), model.CleanAccuracy, "on untouched samples");
        if (model.Attacks.Count == 0) return clean;
        var remark = $"left by {Words.AttacksOf(model)}";
        return Html.Join([clean, Card(Html.Of($"<b>{model.Name}</b>: robust accuracy"), model.WorstCase, remark)]);
    }

    private static Html Card(Html name, Proportion share, string remark) => Html.Of(
        $"""
        <li><span class="name">{name}</span><span class="big">{Words.Percent(share)}</span>
        <span>95 % interval {(share.Trials == 0 ? "unknown" : Words.Interval(share))}</span>
        <span>{Words.Count(share.Successes)} of {Words.Count(share.Trials)}, {remark}</span></li>
        """);
}
