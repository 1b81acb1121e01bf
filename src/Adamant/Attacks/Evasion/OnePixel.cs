using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// One-pixel attack: differential evolution looks for the few pixels, and their values, that raise the margin most.
/// <code>child = a + F (b − c) for three random members;   it replaces its parent where its margin is not lower</code>
/// </summary>
/// <remarks>
/// A pixel is a place of an image with all its channels, or one coordinate of other inputs. Natural in an L0 ball: K pixels of C channels move K · C
/// coordinates, and no more pixels are used than the ball allows. Weak: a random search that finds few of the places that matter; robust models and
/// large images survive it. Cost: one forward pass per member and generation, at most <see cref="Queries"/> per sample.
/// Source: Su, Vargas, Sakurai, "One Pixel Attack for Fooling Deep Neural Networks", IEEE Transactions on Evolutionary Computation 2019,
/// arXiv:1710.08864, §3.2.
/// </remarks>
[Restricted("moves a few pixels")]
public sealed record OnePixel : IEvasion<IScoring>
{
    /// <summary>The most questions about one sample; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Queries { get; init => field = Option.AtLeast(value, 1); } = 5000;

    /// <summary>K, the most pixels that are changed; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Pixels { get; init => field = Option.AtLeast(value, 1); } = 1;

    /// <summary>Members of a generation; at least 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 4.</exception>
    public int Population { get; init => field = Option.AtLeast(value, 4); } = 100;

    /// <summary>F, the share of the difference of two members that is added to a third; from 0 to 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 2.</exception>
    public double Scale { get; init => field = Option.UpTo(value, 2); } = 0.5;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The inputs have no bounds, or the ball allows no pixel.</exception>
    public Tensor Perturb(IScoring victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Generator();
        var questions = new Questions(labels, threat, Queries, run, cancellation);
        var paint = new Paint(inputs.shape, victim.Input);
        var pixels = threat.Ball is L0 or Scaled { Inner: L0 } ? Math.Min(Pixels, (int)(threat.Ball.Radius / paint.Channels)) : Pixels;
        if (pixels == 0) throw new ArgumentException($"Expected an L0 ε of at least {paint.Channels}, the channels of one pixel, got {threat.Ball.Radius}.", nameof(threat));

        var x = inputs.detach().clone();
        var active = arange(x.shape[0], ScalarType.Int64);
        var (best, fooled) = questions.Score(victim, active, x);
        questions.Report(best.mean().ToDouble());
        active = questions.Affordable(active.masked_select(fooled.logical_not()));
        if (active.shape[0] == 0) return x.MoveToOuterDisposeScope();

        var members = Math.Min(Population, questions.Fewest(active));
        var genes = rand([x.shape[0], members, pixels * paint.Genes], generator: generator);           // all from 0 to 1
        var fitness = full([x.shape[0], members], double.NegativeInfinity);
        for (var children = genes; active.shape[0] > 0; children = Children(genes, generator))
        {
            var size = Math.Min(members, questions.Fewest(active));                                 // the last generation may be smaller
            for (var start = 0; start < size; start++)
            {
                using var inner = NewDisposeScope();
                if (active.shape[0] == 0) break;
                var count = (int)Math.Clamp(Questions.AtOnce / active.shape[0], 1, size - start);
                Compete(children, start, count);
                start += count - 1;
            }
            questions.Report(best.mean().ToDouble());
            active = questions.Affordable(active);
        }
        return x.MoveToOuterDisposeScope();

        void Compete(Tensor children, int start, int count)
        {
            var rows = active.repeat_interleave(count);
            var child = children.narrow(1, start, count).index_select(0, active);
            var (part, originals) = (threat.Select(rows), inputs.index_select(0, rows));
            var moved = part.Place(paint.On(originals, child.flatten(0, 1)) - originals, originals, victim.Input);
            var (margin, won) = questions.Score(victim, rows, moved);
            margin = margin.reshape(-1, count);

            var (parents, parentFitness) = (genes.narrow(1, start, count), fitness.narrow(1, start, count));
            var better = margin.ge(parentFitness.index_select(0, active));
            parents.index_copy_(0, active, where(better.unsqueeze(2), child, parents.index_select(0, active)));
            parentFitness.index_copy_(0, active, where(better, margin, parentFitness.index_select(0, active)));

            var (top, at) = margin.max(1);
            var wins = won.reshape(-1, count).any(1);
            var raised = top.gt(best.index_select(0, active)) | wins;
            var chosen = moved.reshape([-1, count, .. x.shape[1..]])[arange(active.shape[0]), at];
            x.index_copy_(0, active, where(raised.reshape([-1, .. Enumerable.Repeat(1L, (int)x.dim() - 1)]), chosen, x.index_select(0, active)));
            best.index_copy_(0, active, where(raised, top, best.index_select(0, active)));
            active = active.masked_select(wins.logical_not()).MoveToOuterDisposeScope();
        }
    }

    private Tensor Children(Tensor genes, Generator generator)
    {
        using var scope = NewDisposeScope();
        long[] shape = [genes.shape[0], genes.shape[1]];
        Tensor Partner() => genes.gather(1, randint(0, genes.shape[1], shape, dtype: ScalarType.Int64, generator: generator).unsqueeze(2).expand_as(genes));
        return (Partner() + (Scale * (Partner() - Partner()))).clamp(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>What the genes of a member mean: for each pixel its row, its column, and a value per channel, all from 0 to 1.</summary>
    private sealed class Paint
    {
        private readonly long height, width;
        private readonly InputSpec range;

        public Paint(long[] shape, InputSpec range)
        {
            if (!double.IsFinite(range.Max - range.Min)) throw new ArgumentException("Expected inputs with bounds for the values of pixels, got none.");
            (Channels, height, width) = shape is [_, var c, var h, var w] ? (c, h, w) : (1, 1, shape[1..].Aggregate(1L, (a, b) => a * b));
            this.range = range;
        }

        public long Channels { get; }

        public int Genes => 2 + (int)Channels;

        public Tensor On(Tensor originals, Tensor genes)
        {
            using var scope = NewDisposeScope();
            var pixels = genes.reshape(genes.shape[0], -1, Genes);                                  // [M, K, 2 + C]
            var row = (pixels.select(2, 0) * height).to_type(ScalarType.Int64).clamp_max(height - 1);
            var column = (pixels.select(2, 1) * width).to_type(ScalarType.Int64).clamp_max(width - 1);
            var place = ((row * width) + column).unsqueeze(1).expand(-1, Channels, -1);
            var values = range.Min + ((range.Max - range.Min) * pixels.narrow(2, 2, Channels)).transpose(1, 2);
            return originals.reshape(originals.shape[0], Channels, height * width).scatter(2, place, values).reshape(originals.shape).MoveToOuterDisposeScope();
        }
    }
}
