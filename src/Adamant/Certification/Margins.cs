using Adamant.Attacks;
using Adamant.Data;
using Adamant.Models;

namespace Adamant.Certification;

/// <summary>What proofs by bounds share: batches, the model's own answer, and the decision.</summary>
internal static class Margins
{
    private const double Rounding = 1e-5;                       // of the largest logit: what sums in float32 may be off

    /// <summary>A lower bound of z_y − zⱼ for each sample and class, from samples <c>[N, …]</c>, their ball, and the predicted classes <c>[N]</c>.</summary>
    public delegate Tensor LowerBound(Tensor inputs, Ball ball, Tensor predicted);

    public static IEnumerable<SampleCertificate> Certify(
        Network network, Batch data, Ball ball, int batchSize, LowerBound margins, CancellationToken cancellation)
    {
        new Threat(ball).Check(network.Input);
        network.Input.Check(data.Inputs);
        return Batches();

        IEnumerable<SampleCertificate> Batches()                // no dispose scope may stay open between two samples
        {
            for (var start = 0L; start < data.Count; start += batchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var sample in One(network, data, ball, start, Math.Min(batchSize, data.Count - start), margins)) yield return sample;
            }
        }
    }

    private static SampleCertificate[] One(Network network, Batch data, Ball ball, long start, long count, LowerBound margins)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var batch = data.Slice(start, count);
        using var victim = network.AsVictim();
        var logits = victim.Logits(batch.Inputs);
        var predicted = logits.argmax(1);
        var lower = margins(batch.Inputs, ball.Select(arange(start, start + count, ScalarType.Int64)), predicted);
        var least = Least(lower, predicted);
        var proved = least.gt(logits.abs().amax([1]).clamp_min(1) * Rounding);
        return [.. batch.Labels.data<long>().Zip(predicted.data<long>(), proved.data<bool>()).Select(s => new SampleCertificate(s.First, s.Second, s.Third ? ball.Radius : 0))];
    }

    /// <summary>The smallest number of each row, without that of the class itself.</summary>
    /// <param name="values">Shape <c>[N, classes]</c>.</param>
    /// <param name="classes">Shape <c>[N]</c>.</param>
    /// <returns>Shape <c>[N]</c>.</returns>
    public static Tensor Least(Tensor values, Tensor classes)
    {
        using var scope = NewDisposeScope();
        var own = arange(values.shape[1], ScalarType.Int64).eq(classes.unsqueeze(1));
        return values.masked_fill(own, double.PositiveInfinity).amin([1]).MoveToOuterDisposeScope();
    }
}
