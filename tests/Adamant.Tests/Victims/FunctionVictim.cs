using Adamant.Victims;

namespace Adamant.Tests.Victims;

/// <summary>A white box made of one formula, for cases that are computed by hand.</summary>
internal sealed class FunctionVictim(InputSpec input, Func<Tensor, Tensor> logits) : IDifferentiable
{
    public InputSpec Input { get; } = input;

    public Tensor Logits(Tensor inputs)
    {
        Input.Check(inputs);
        return logits(inputs);
    }

    public Tensor Predict(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return Logits(inputs).argmax(1).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
    }
}
