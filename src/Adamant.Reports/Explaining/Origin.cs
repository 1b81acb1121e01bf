using Adamant.Explaining;

namespace Adamant.Reports.Explaining;

/// <summary>Which model and which data the page is about, and the command that makes it again.</summary>
internal static class Origin
{
    public static Html Render(Explanation explanation)
    {
        if (explanation.Model is not { } card) return Html.None;
        return Tables.Facts(
            "model-table",
            "Where this page comes from",
            ("Architecture", card.Architecture),
            ("Arguments", string.Join(", ", card.Arguments.Select(a => $"{a.Key} = {a.Value}"))),
            ("Parameters", Words.Count(explanation.ParameterCount)),
            ("Input", Words.Input(card.Input)),
            ("Trained on", card.Provenance?.Dataset ?? "not recorded"),
            ("SHA-256 of the weights", explanation.ModelSha256),
            ("Data", explanation.Data is { } data ? $"{data.Name}, {Words.Count(data.Rows)} rows" : ""),
            ("Command", explanation.Command));
    }
}
