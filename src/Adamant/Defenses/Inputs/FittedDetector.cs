namespace Adamant.Defenses.Inputs;

/// <summary>A detector that knows what is usual: one score per input, higher is more suspicious.</summary>
public sealed class FittedDetector : IDisposable
{
    private readonly Func<Tensor, Tensor> score;
    private readonly Tensor[] owned;

    /// <summary>Wraps a score.</summary>
    /// <param name="score">From inputs <c>[N, …]</c> to <c>[N]</c>; gradients flow, past what has none.</param>
    /// <param name="owned">What the score remembers: lives as long as this.</param>
    public FittedDetector(Func<Tensor, Tensor> score, params Tensor[] owned) =>
        (this.score, this.owned) = (score, Array.ConvertAll(owned, t => t.DetachFromDisposeScope()));

    /// <summary>How suspicious each input is.</summary>
    /// <param name="inputs">Shape <c>[N, …]</c>, in the range of the victim's input.</param>
    /// <returns>Shape <c>[N]</c>, with a gradient where the inputs have one.</returns>
    public Tensor Score(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return score(inputs).MoveToOuterDisposeScope();
    }

    /// <summary>Frees what it remembers.</summary>
    public void Dispose() => Array.ForEach(owned, t => t.Dispose());
}
