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

    private static Html Verdict(Audit audit)
    {
        if (Weakest(audit) is not { } attack)
            return Html.Of($"""<p class="verdict">No attack was run at {audit.Threat}: this page says nothing about robustness.</p>""");
        var kept = audit.Models.Select(m => (m.Name, Share: m.Attacks.First(a => a.Name == attack).RobustAccuracy)).ToList();
        var trials = kept[0].Share.Trials;
        var which = kept.Count == 1 ? "" : $"{kept[0].Name} ";
        var first = Html.Of($"<strong>{Words.Percent(kept[0].Share)}</strong> of {Words.Count(trials)} {Words.Samples(audit, trials)}");
        var others = Html.Each(kept.Skip(1), k => Html.Of($"; the {k.Name} one keeps <strong>{Words.Percent(k.Share)}</strong>"));
        return Html.Of(
            $"""
            <p class="verdict">Under {Words.Attack(attack)} at {audit.Threat} the {which}model keeps {first}{others}.</p>
            <p>“Keeps” means: the model is right about the original and still right after the attack.</p>
            """);
    }

    /// <summary>Of the attacks that every model faced, the one that left the least.</summary>
    private static string? Weakest(Audit audit) => audit.Models[0].Attacks
        .Select(a => a.Name)
        .Where(name => audit.Models.All(m => m.Attacks.Any(a => a.Name == name)))
        .MinBy(name => audit.Models.Sum(m => m.Attacks.First(a => a.Name == name).RobustAccuracy.Value));
}
