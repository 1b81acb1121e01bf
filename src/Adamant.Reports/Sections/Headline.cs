using Adamant.Auditing;

namespace Adamant.Reports.Sections;

/// <summary>The verdict in plain words.</summary>
internal static class Headline
{
    public static Html Render(Audit audit) => Html.Of(
        $"""
        <header>
        <p class="eyebrow">Adversarial robustness audit · {audit.Created:yyyy-MM-dd} · {audit.Data.Name}</p>
        <h1>{audit.Title}</h1>
        {Verdict(audit)}
        <p>{Words.Threat(audit)}</p>
        </header>
        """);

    /// <summary>A figure from a run that was cut short is an upper bound, and a loose one.</summary>
    private static Html TimeUp(Audit audit) => audit.Models.Any(m => m.NotRun.Count > 0)
        ? Html.Of($"""<p><strong class="serious">The time was up before all attacks had run.</strong> Samples that were not attacked count as robust: the figure is an upper bound. See the doubts.</p>""")
        : Html.None;

    private static Html Verdict(Audit audit)
    {
        if (audit.Models.Any(m => m.Attacks.Count == 0))
            return Html.Of($"""<p class="verdict">No attack was run at {audit.Threat}: this page says nothing about robustness.</p>""");
        var kept = audit.Models.Select(m => (m.Name, Share: m.WorstCase)).ToList();
        var trials = kept[0].Share.Trials;
        var which = kept.Count == 1 ? "" : $"{kept[0].Name} ";
        var first = Html.Of($"<strong>{Words.Percent(kept[0].Share)}</strong> of {Words.Count(trials)} {Words.Samples(audit, trials)}");
        var others = Html.Each(kept.Skip(1), k => Html.Of($"; the {k.Name} one keeps <strong>{Words.Percent(k.Share)}</strong>"));
        return Html.Of(
            $"""
            <p class="verdict">Under {Words.AttacksOf(audit.Models[0])} at {audit.Threat} the {which}model keeps {first}{others}.</p>
            {TimeUp(audit)}<p>“Keeps” means: the model is right about the original and still right after {(audit.Models[0].Attacks.Count == 1 ? "the attack" : "each of the attacks")}.</p>
            """);
    }
}
