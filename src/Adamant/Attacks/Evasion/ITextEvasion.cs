using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>An attack on a finished model of texts: edits texts so that the model errs. It only proposes; the harness judges (see <see cref="TextHarness"/>).</summary>
/// <typeparam name="TVictim">
/// What the attack needs to see. An attack that needs less also works against a victim that shows more.
/// </typeparam>
public interface ITextEvasion<in TVictim>
    where TVictim : ITextClassifier
{
    /// <summary>Proposes an edited copy of each text.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="texts">Each with at least one word.</param>
    /// <param name="labels">The true classes, shape <c>[N]</c>, <c>Int64</c>.</param>
    /// <param name="threat">What is allowed and what is wanted.</param>
    /// <param name="run">Seed and progress.</param>
    /// <param name="cancellation">Obeyed between two queries.</param>
    /// <returns>As many texts, in the same order.</returns>
    /// <exception cref="OperationCanceledException">The attack was canceled.</exception>
    IReadOnlyList<string> Perturb(
        TVictim victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat, Run run, CancellationToken cancellation);
}
