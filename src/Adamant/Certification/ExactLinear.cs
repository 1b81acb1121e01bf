using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;
using TorchSharp.Modules;

namespace Adamant.Certification;

/// <summary>
/// The exact distance from a sample to the decision boundary of a linear model.
/// <code>R = minⱼ (z_p − zⱼ) / ‖w_p − wⱼ‖_*,   ‖·‖_*: the dual norm (L1 for Linf, L2 for L2, Linf for L1), p: the answer</code>
/// </summary>
/// <remarks>
/// Not a bound but the truth, as long as the boundary's nearest point lies within the range of the inputs; where it does not, the model is even more robust. What
/// attacks and other proofs are measured by. Computed in float64; a model that answers in float32 can differ within its rounding. Cost: one product per sample.
/// Source: the distance to a hyperplane; for other norms: Mangasarian, "Arbitrary-norm separating plane", Operations Research Letters 24, 1999.
/// </remarks>
public sealed class ExactLinear : ICertificate
{
    private const int BatchSize = 256;
    private readonly Tensor weight, bias;                       // [K, d], [K]
    private readonly string model;

    /// <summary>The distances of a network with one linear layer, e.g. an <see cref="Mlp"/> without hidden layers.</summary>
    /// <param name="network">Its weights are copied.</param>
    /// <exception cref="ArgumentException">The network is not linear.</exception>
    public ExactLinear(Network network)
    {
        var chain = new ProvenChain(network);
        if (chain.Body.Any(layer => layer is not (Flatten or Dropout)))
            throw new ArgumentException($"Expected a linear model, got {network.GetName()} with hidden layers. Certify it with {nameof(Crown)} or {nameof(IntervalBounds)}.", nameof(network));
        using var scope = NewDisposeScope();
        weight = chain.Last.weight.detach().to_type(ScalarType.Float64).DetachFromDisposeScope();
        bias = (chain.Last.bias?.detach().to_type(ScalarType.Float64) ?? zeros(weight.shape[0], ScalarType.Float64)).DetachFromDisposeScope();
        model = network.GetName();
    }

    /// <summary>The distances of a perceptron: two classes, 1 where the weighted sum is above 0.</summary>
    /// <param name="perceptron">Its weights are copied.</param>
    public ExactLinear(Perceptron perceptron)
    {
        ArgumentNullException.ThrowIfNull(perceptron);
        using var scope = NewDisposeScope();
        var row = tensor(perceptron.Weights.ToArray());
        weight = stack([zeros_like(row), row]).DetachFromDisposeScope();
        bias = tensor(new[] { 0, perceptron.Bias }).DetachFromDisposeScope();
        model = nameof(Perceptron);
    }

    /// <inheritdoc/>
    public IEnumerable<SampleCertificate> Certify(Batch data, Ball ball, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        Box.Check(ball);
        if (ball.HoldsTogether) throw new ArgumentException($"Expected a norm ball without a slope, got {ball}.", nameof(ball));
        if (data.Inputs.dim() < 2 || data.Inputs.numel() != data.Count * weight.shape[1])
            throw new ArgumentException($"Expected {weight.shape[1]} numbers per sample, got samples [{string.Join(", ", data.Inputs.shape[1..])}].", nameof(data));
        return Batches();

        IEnumerable<SampleCertificate> Batches()                // no dispose scope may stay open between two samples
        {
            for (var start = 0L; start < data.Count; start += BatchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var sample in Certify(data, ball, start, Math.Min(BatchSize, data.Count - start))) yield return sample;
            }
        }
    }

    /// <summary>The method and its model.</summary>
    public override string ToString() => $"{nameof(ExactLinear)} {{ {model} }}";

    private SampleCertificate[] Certify(Batch data, Ball ball, long start, long count)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var batch = data.Slice(start, count);
        var logits = nn.functional.linear(batch.Inputs.flatten(1).to_type(ScalarType.Float64), weight, bias);
        var predicted = logits.argmax(1);
        var column = predicted.unsqueeze(1);
        var margins = logits.gather(1, column) - logits;
        var rows = (weight.index_select(0, predicted).unsqueeze(1) - weight).reshape([count, weight.shape[0], .. batch.Inputs.shape[1..]]);
        var unit = ball.Select(arange(start, start + count, ScalarType.Int64)) with { Radius = 1 };
        var support = LinearRelaxation.Support(rows, unit);
        var distances = where(support.gt(0), margins / support, where(margins.gt(0), double.PositiveInfinity, zeros_like(margins)));
        var radius = Margins.Least(distances, predicted);
        return [.. batch.Labels.data<long>().Zip(predicted.data<long>(), radius.data<double>()).Select(s => new SampleCertificate(s.First, s.Second, s.Third))];
    }
}
