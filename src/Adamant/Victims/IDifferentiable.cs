namespace Adamant.Victims;

/// <summary>White box: gradients flow from <see cref="IScoring.Logits"/> back to its inputs, and its defenses are known.</summary>
/// <remarks>What an adaptive attacker knows of the defenses is a part of this contract, so that an attack needs no reference to them. A decorator passes both on.</remarks>
public interface IDifferentiable : IScoring
{
    /// <summary>
    /// The same answers, with gradients that go past what has none (see <see cref="ISanitizer.StraightThrough"/>); the victim itself where nothing stands in
    /// the way. Belongs to the victim, which must not be disposed of before it.
    /// </summary>
    IDifferentiable StraightThrough => this;

    /// <summary>How far each input is above the threshold of the victim's detector: above 0 it is stopped (<see cref="IClassifier.Rejected"/>).</summary>
    /// <param name="inputs">Shape <c>[N, …Input.Shape]</c>.</param>
    /// <returns>Shape <c>[N]</c>, with a gradient to the inputs; null where nothing is detected.</returns>
    Tensor? Suspicion(Tensor inputs) => null;
}
