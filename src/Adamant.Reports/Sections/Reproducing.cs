using Adamant.Auditing;

namespace Adamant.Reports.Sections;

/// <summary>The command, and all that has to be the same for the same numbers.</summary>
internal static class Reproducing
{
    public static Html Render(Audit audit)
    {
        var run = audit.Reproduction;
        var weights = audit.Models.Where(m => m.Sha256.Length > 0).Select(m => ($"Weights of {m.Name}, SHA-256", m.Sha256));
        return Html.Of(
            $"""
            <p>The same command, seed, data and weights give the same numbers on the same machine and thread count; another machine may differ in
            single samples.</p>
            <pre class="scroll" tabindex="0" role="region" aria-label="Command"><code>{run.Command}</code></pre>
            {Tables.Facts(
                "reproduce-table",
                "What this run was made with",
                [
                    ("Seed", $"{run.Seed}"), ("Adamant", run.AdamantVersion), ("Engine", run.Engine), ("Machine", run.Machine),
                    ("Duration", Words.Duration(run.Seconds)), ("Data, SHA-256", audit.Data.Sha256), .. weights,
                ])}
            """);
    }
}
