using System.Globalization;
using System.Text;
using Adamant.Auditing;
using Adamant.Texts;

namespace Adamant.Reports.Sections;

/// <summary>Attacked texts with every change marked: struck out or underlined, so that nobody needs to tell colors apart.</summary>
internal static class TextExamples
{
    private const int Context = 300;                            // characters that are kept on each side of a change

    public static Html Render(Audit audit, AuditedModel model) => Html.Of(
        $"""
        <p><del>Struck out</del> is what the attack took away, <ins>underlined</ins> what it put in. Letters that only look like others are named.</p>
        <div class="texts">{Html.Each(model.Examples, e => Example(audit, e))}</div>
        """);

    private static Html Example(Audit audit, AdversarialExample example)
    {
        var outcome = example.Adversarial.Class == example.Label ? "held" : "fooled";
        return Html.Of(
            $"""
            <figure class="example {outcome}"><blockquote>{Diff(example.OriginalText!, example.MovedText ?? "")}</blockquote>
            <figcaption>Number {example.Index}, in truth <b>{ExampleGallery.Name(audit, example.Label)}</b>: {ExampleGallery.Said(audit, example.Clean)} became
            {ExampleGallery.Said(audit, example.Adversarial)}; {ExampleGallery.Outcome(example)}</figcaption></figure>
            """);
    }

    /// <summary>The change as markup; every character of the texts is escaped.</summary>
    internal static Html Diff(string original, string moved) => Html.Each(WordDiff.Of(original, moved), change => change.Kind switch
    {
        WordChangeKind.Deleted => Html.Of($"<del>{Cut(change.Text)}</del>"),
        WordChangeKind.Inserted => Html.Of($"<ins>{Cut(change.Text)}{Unseen(change.Text)}</ins>"),
        _ => Html.Of($"{Cut(change.Text)}"),
    });

    /// <summary>The beginning and the end of a long piece.</summary>
    private static string Cut(string text) => text.Length <= 2 * Context ? text : $"{text[..Context]} … {text[^Context..]}";

    /// <summary>The code points that a reader cannot see, or would take for Latin letters.</summary>
    private static Html Unseen(string text)
    {
        string[] codes = [.. Cut(text).EnumerateRunes().Where(IsUnseen).Distinct().Take(8).Select(r => string.Create(CultureInfo.InvariantCulture, $"U+{r.Value:X4}"))];
        return codes.Length == 0 ? Html.None : Html.Of($"<small> [{string.Join(", ", codes)}]</small>");
    }

    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control || rune.Value is >= 0x370 and <= 0x52F;
}
