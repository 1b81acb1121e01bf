using TorchSharp.Modules;
using AdamState = TorchSharp.Modules.Adam.State;
using AdamWState = TorchSharp.Modules.AdamW.State;

namespace Adamant.Training;

/// <summary>The state of an optimizer as named tensors: momentum, running means, step counts.</summary>
internal static class OptimizerState
{
    /// <summary>The tensors of the state; they belong to the optimizer, except for the step counts.</summary>
    /// <param name="optimizer">Of <paramref name="names"/>' parameters.</param>
    /// <param name="names">The names of the parameters, in the optimizer's order.</param>
    public static IEnumerable<(string Name, Tensor Value)> Read(OptimizerHelper optimizer, IReadOnlyList<string> names) =>
        optimizer.state_dict().State.Zip(names).SelectMany(pair => pair.First switch
        {
            SGD.State { momentum_buffer: { } momentum } => [($"{pair.Second}/momentum", momentum)],
            AdamState s => Moments(pair.Second, s.step, s.exp_avg, s.exp_avg_sq),
            AdamWState s => Moments(pair.Second, s.step, s.exp_avg, s.exp_avg_sq),
            _ => Array.Empty<(string, Tensor)>(),
        });

    /// <summary>Puts the tensors of a saved state into a new optimizer of the same kind.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or has another shape.</exception>
    public static void Write(OptimizerHelper optimizer, IReadOnlyList<string> names, IReadOnlyDictionary<string, Tensor> saved)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var parameters = optimizer.parameters().ToArray();
        var states = optimizer.state_dict().State;
        for (var i = 0; i < names.Count; i++)
        {
            switch (states[i])
            {
                case SGD.State s when saved.ContainsKey($"{names[i]}/momentum"):            // there is none before the first step
                    s.momentum_buffer = Copy(zeros_like(parameters[i]), $"{names[i]}/momentum").DetachFromDisposeScope();
                    break;
                case AdamState s:
                    s.step = Moments(names[i], s.exp_avg, s.exp_avg_sq);
                    break;
                case AdamWState s:
                    s.step = Moments(names[i], s.exp_avg, s.exp_avg_sq);
                    break;
            }
        }

        long Moments(string name, Tensor mean, Tensor square)
        {
            Copy(mean, $"{name}/mean");
            Copy(square, $"{name}/square");
            return Copy(tensor(0L), $"{name}/step").item<long>();
        }

        Tensor Copy(Tensor own, string name) =>
            saved.TryGetValue(name, out var value) && value.shape.SequenceEqual(own.shape) && value.dtype == own.dtype
                ? own.copy_(value)
                : throw new InvalidDataException($"optimizer state {name}");
    }

    private static (string, Tensor)[] Moments(string name, long step, Tensor mean, Tensor square) =>
        [($"{name}/step", tensor(step)), ($"{name}/mean", mean), ($"{name}/square", square)];
}
