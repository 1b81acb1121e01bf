using System.Globalization;
using System.Text;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Simple black-box attack: tries one direction after another of an orthonormal basis, and keeps a step that raises the margin.
/// <code>for q in a random order of the basis:  x ← Π(x + s q) if that raises the margin, else Π(x − s q) if that does</code>
/// </summary>
/// <remarks>
/// A few lines, and hard to beat at small budgets in L2; in Linf the Square attack is stronger. After the last direction a new order begins. Climbs the
/// margin where the source climbs the probability. Weak where scores are rounded. Cost: one or two forward passes per step, at most
/// <see cref="Queries"/> per sample.
/// Source: Guo, Gardner, You, Wilson, Weinberger, "Simple Black-box Adversarial Attacks", ICML 2019, arXiv:1905.07121, Algorithm 1, §3.
/// </remarks>
public sealed record SimBa : IEvasion<IScoring>
{
    /// <summary>The most questions about one sample; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Queries { get; init => field = Option.AtLeast(value, 1); } = 5000;

    /// <summary>s in the units of the inputs, above 0; null for ε (2 ε / √directions where coordinates share the ball), or a fifth of the inputs' range where that is less (the source's 0.2).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double? StepSize { get; init => field = Option.Positive(value); }

    /// <summary>The directions; coordinates by default.</summary>
    public SimBaBasis Basis { get; init; }

    /// <summary>The share of the frequencies in each direction of an image that is used, from the lowest; above 0, at most 1. For cosine waves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above 1.</exception>
    public double Frequencies { get; init => field = Option.UpTo(Option.Positive(value), 1); } = 0.5;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Cosine waves, and the inputs are no images.</exception>
    public Tensor Perturb(IScoring victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Generator();
        var questions = new Questions(labels, threat, Queries, run, cancellation);
        var basis = Basis == SimBaBasis.Pixel ? null : new Waves(inputs, Frequencies);
        var directions = basis?.Count ?? inputs[0].numel();
        var share = threat.Ball.IsBox ? 1 : 2 / Math.Sqrt(directions);
        var length = StepSize ?? Math.Min(share * threat.Ball.Radius, 0.2 * (victim.Input.Max - victim.Input.Min));

        var x = inputs.detach().clone();
        var active = arange(x.shape[0], ScalarType.Int64);
        var (best, won) = questions.Score(victim, active, x);
        questions.Report(best.mean().ToDouble());
        active = questions.Affordable(active.masked_select(won.logical_not()));
        var order = empty(0);
        for (long k = 0; active.shape[0] > 0; k++)
        {
            using var inner = NewDisposeScope();
            if (k % directions == 0) order = rand([x.shape[0], directions], generator: generator).argsort(1).MoveToOuterDisposeScope();
            var numbers = order.select(1, k % directions);
            var rest = Try(active, +1);
            Try(questions.Affordable(rest), -1);
            active = questions.Affordable(active.masked_select(won.index_select(0, active).logical_not())).MoveToOuterDisposeScope();
            if (k % 10 == 0) questions.Report(best.mean().ToDouble());

            // Takes the step where it raises the margin, and returns the samples where it does not.
            Tensor Try(Tensor rows, int sign)
            {
                if (rows.shape[0] == 0) return rows;
                var (part, originals, before) = (threat.Select(rows), inputs.index_select(0, rows), x.index_select(0, rows));
                var direction = basis?.Of(numbers.index_select(0, rows)) ?? Coordinates(numbers.index_select(0, rows), before);
                var moved = part.Place(before + (sign * length * direction) - originals, originals, victim.Input);
                var (margin, fooled) = questions.Score(victim, rows, moved);
                var better = margin.gt(best.index_select(0, rows)) | fooled;
                best.index_copy_(0, rows, where(better, margin, best.index_select(0, rows)));
                won.index_copy_(0, rows, fooled);
                x.index_copy_(0, rows, where(better.reshape([-1, .. Enumerable.Repeat(1L, (int)x.dim() - 1)]), moved, before));
                return rows.masked_select(better.logical_not());
            }
        }
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>Says what an absent value means, so that reports can be repeated.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Queries = {Queries}, StepSize = {Option.Text(StepSize, "min(ε or 2 ε / √directions, range / 5)")}, Basis = {Basis}, Frequencies = {Frequencies}");
        return true;
    }

    /// <summary>One coordinate for each sample.</summary>
    private static Tensor Coordinates(Tensor numbers, Tensor like) =>
        arange(like.numel() / like.shape[0]).eq(numbers.unsqueeze(1)).to_type(like.dtype).reshape(like.shape);

    /// <summary>The two-dimensional cosine waves of low frequency in each channel of an image.</summary>
    private sealed class Waves
    {
        private readonly long channels, high, wide;
        private readonly Tensor rows, columns;

        public Waves(Tensor images, double share)
        {
            if (images.dim() != 4) throw new ArgumentException($"Expected images [N, C, H, W] for cosine waves, got [{string.Join(", ", images.shape)}]. Use the basis of pixels.");
            channels = images.shape[1];
            (high, wide) = (Kept(images.shape[2]), Kept(images.shape[3]));
            (rows, columns) = (Cosines.Matrix(images.shape[2]), Cosines.Matrix(images.shape[3]));

            long Kept(long size) => Math.Max(1, (long)Math.Round(size * share));
        }

        public long Count => channels * high * wide;

        public Tensor Of(Tensor numbers)
        {
            using var scope = NewDisposeScope();
            var row = (numbers / wide).floor().to_type(ScalarType.Int64);
            var wave = rows.index_select(0, row.remainder(high)).unsqueeze(2) * columns.index_select(0, numbers.remainder(wide)).unsqueeze(1);
            var channel = nn.functional.one_hot((row / high).floor().to_type(ScalarType.Int64), channels).to_type(wave.dtype);
            return (channel.reshape(-1, channels, 1, 1) * wave.unsqueeze(1)).MoveToOuterDisposeScope();
        }
    }
}
