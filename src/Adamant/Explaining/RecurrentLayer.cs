namespace Adamant.Explaining;

/// <summary>
/// One direction of one recurrent layer, step by step.
/// <code>
/// RNN:  hₜ = tanh(W xₜ + U hₜ₋₁ + b)
/// LSTM: [i, f, c̃, o] = W xₜ + U hₜ₋₁ + b,  cₜ = σ(f) ⊙ cₜ₋₁ + σ(i) ⊙ tanh(c̃),  hₜ = σ(o) ⊙ tanh(cₜ)
/// </code>
/// </summary>
/// <param name="Name">The suffix of its weights: <c>l0</c>, <c>l0_reverse</c>, <c>l1</c>.</param>
/// <param name="Hidden">The states hₜ in the order of time, each <c>[N, hidden]</c>.</param>
/// <param name="Gates">Of an LSTM i, f, c̃, o after their squashing, and c, each <c>[N, hidden]</c>; empty for an RNN.</param>
internal sealed record RecurrentLayer(string Name, IReadOnlyList<Tensor> Hidden, IReadOnlyList<LstmStep> Gates)
{
    /// <summary>Whether it reads from the end.</summary>
    public bool IsReverse => ReadsBack(Name);

    /// <summary>Runs from zero states.</summary>
    public static RecurrentLayer Run(IReadOnlyDictionary<string, Tensor> weights, string name, bool isLstm, IReadOnlyList<Tensor> inputs)
    {
        var (w, u) = (weights[$"weight_ih_{name}"], weights[$"weight_hh_{name}"].t());
        var bias = weights.TryGetValue($"bias_ih_{name}", out var b) ? b + weights[$"bias_hh_{name}"] : zeros(w.shape[0]);
        var isReverse = ReadsBack(name);
        var h = zeros(inputs[0].shape[0], u.shape[0]);
        var c = h;
        List<Tensor> hidden = [];
        List<LstmStep> gates = [];
        foreach (var x in isReverse ? inputs.Reverse() : inputs)
        {
            var sums = nn.functional.linear(x, w, bias) + h.matmul(u);
            if (isLstm)
            {
                var step = LstmStep.Of(sums, c);
                (c, h) = (step.Cell, step.Output * step.Cell.tanh());
                gates.Add(step);
            }
            else
            {
                h = sums.tanh();
            }
            hidden.Add(h);
        }
        if (isReverse) (hidden, gates) = ([.. Enumerable.Reverse(hidden)], [.. Enumerable.Reverse(gates)]);
        return new RecurrentLayer(name, hidden, gates);
    }

    private static bool ReadsBack(string name) => name.EndsWith("_reverse", StringComparison.Ordinal);
}
