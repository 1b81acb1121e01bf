using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>An attack on a finished model: moves inputs so that the model errs. It only proposes; the harness judges (see <see cref="Harness"/>).</summary>
/// <typeparam name="TVictim">
/// What the attack needs to see. An attack that needs less also works against a victim that shows more.
/// </typeparam>
public interface IEvasion<in TVictim>
    where TVictim : IClassifier
{
    /// <summary>Proposes a moved copy of each input.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="inputs">Shape <c>[N, …]</c>, in the units and range of the victim's input. Not changed.</param>
    /// <param name="labels">The true classes, shape <c>[N]</c>, <c>Int64</c>.</param>
    /// <param name="threat">What is allowed and what is wanted.</param>
    /// <param name="run">Seed, progress, log.</param>
    /// <param name="cancellation">Obeyed within one step.</param>
    /// <returns>Shape and type of <paramref name="inputs"/>; owned by the caller's dispose scope.</returns>
    /// <exception cref="OperationCanceledException">The attack was canceled.</exception>
    Tensor Perturb(TVictim victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation);
}
