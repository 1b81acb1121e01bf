namespace Adamant.Explaining;

/// <summary>The insides of an LSTM at one step, each <c>[N, hidden]</c>.</summary>
/// <param name="Input">How much of the candidate is written, from 0 to 1.</param>
/// <param name="Forget">How much of the old cell is kept, from 0 to 1.</param>
/// <param name="Candidate">What could be written, from −1 to 1.</param>
/// <param name="Output">How much of the cell is shown, from 0 to 1.</param>
/// <param name="Cell">What is remembered afterwards.</param>
internal sealed record LstmStep(Tensor Input, Tensor Forget, Tensor Candidate, Tensor Output, Tensor Cell)
{
    /// <summary>Squashes the sums of PyTorch's order: input, forget, candidate, output.</summary>
    public static LstmStep Of(Tensor sums, Tensor cell)
    {
        var parts = sums.chunk(4, 1);
        var (input, forget, candidate, output) = (parts[0].sigmoid(), parts[1].sigmoid(), parts[2].tanh(), parts[3].sigmoid());
        return new LstmStep(input, forget, candidate, output, (forget * cell) + (input * candidate));
    }
}
