using Adamant.Explaining;
using Adamant.Reports.Explaining;

namespace Adamant.Reports;

/// <summary>The page of an explanation. A section is one line here: a function that gives nothing where its part is absent.</summary>
internal static class ExplanationPage
{
    private static readonly (string Id, string Title, Func<Explanation, Html> Render)[] Sections =
    [
        ("answer", "The answer", Answer.Render),
        ("stages", "From the image to the answer", StageGrids.Render),
        ("kernels", "Kernels", KernelGrids.Render),
        ("saliency", "What the answer rests on", SaliencyMaps.Render),
        ("tokens", "What each token adds", TokenFigures.Render),
        ("attention", "Who looks at whom", AttentionFigures.Render),
        ("memory", "What is carried from step to step", MemoryFigures.Render),
        ("translation", "When the image moves", TranslationCharts.Render),
        ("planes", "Decision boundaries", Planes.Render),
        ("costs", "What shared weights save", CostTable.Render),
        ("model", "Model card", Origin.Render),
    ];

    public static Html Render(Explanation explanation) => Shell.Render(
        explanation.Title,
        Header(explanation),
        Sections.Select(s => (s.Id, s.Title, s.Render(explanation))),
        Html.Of(
            $"""
            <p>Made by {Maker(explanation)} on {explanation.Created:yyyy-MM-dd HH:mm zzz}.
            The same numbers for machines: <a href="{ExplanationReport.NumbersName}">{ExplanationReport.NumbersName}</a>.</p>
            """));

    private static string Maker(Explanation explanation) => $"Adamant {explanation.AdamantVersion}".TrimEnd();

    private static Html Header(Explanation explanation) => Html.Of(
        $"""
        <header>
        <p class="eyebrow">Explanation · {explanation.Created:yyyy-MM-dd}{(explanation.Data is { } data ? $" · {data.Name}" : "")}</p>
        <h1>{explanation.Title}</h1>
        </header>
        """);
}
