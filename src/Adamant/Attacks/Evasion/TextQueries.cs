using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Asks a victim about many versions of many texts at once.</summary>
internal static class TextQueries
{
    private const int AtOnce = 1024;

    /// <summary>The attacker's margin for each version, see <see cref="TextGoals.Margins"/>.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="versions">The number of the text in the goals, and the version.</param>
    /// <param name="goals">What is wanted.</param>
    /// <param name="cancellation">Obeyed before each query.</param>
    public static float[] Margins(ITextScoring victim, IEnumerable<(int Row, string Text)> versions, TextGoals goals, CancellationToken cancellation)
    {
        var margins = new List<float>();
        foreach (var part in versions.Chunk(AtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            margins.AddRange(goals.Margins(victim.Logits([.. part.Select(v => v.Text)]), [.. part.Select(v => v.Row)]));
        }
        return [.. margins];
    }
}
