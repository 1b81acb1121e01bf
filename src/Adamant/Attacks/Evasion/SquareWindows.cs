using Adamant.Data;

namespace Adamant.Attacks.Evasion;

/// <summary>The random changes of <see cref="Square"/>: where windows lie and what is put into them, on moves seen as <c>[N, channels, height, width]</c>.</summary>
internal sealed class SquareWindows
{
    private const int Tiles = 5, LeastSide = 3;
    private const double Tiny = 1e-12;
    private readonly SplitMix places;
    private readonly Generator signs;
    private readonly long channels, height, width;

    /// <summary>For samples of that shape: the last two dimensions are height and width; a row of numbers is one pixel high.</summary>
    public SquareWindows(long[] shape, Generator signs, int seed)
    {
        (this.signs, places) = (signs, new SplitMix((ulong)(uint)seed));
        (height, width) = (shape.Length > 2 ? shape[^2] : 1, shape[^1]);
        channels = shape.Skip(1).Aggregate(1L, (product, d) => product * d) / (height * width);
    }

    /// <summary>The first move: vertical stripes of ± ε where the ball is a box, else tiles of bumps.</summary>
    public Tensor Start(Tensor samples, Ball ball)
    {
        using var scope = NewDisposeScope();
        var count = samples.shape[0];
        if (ball.IsBox) return (ball.Reach(samples) * Signs(count, channels, 1, width).expand(count, channels, height, width).reshape(samples.shape)).mul_(ball.Radius).MoveToOuterDisposeScope();

        var move = zeros(count, channels, height, width);
        var (h, w) = (Math.Max(height / Tiles, 1), Math.Max(width / Tiles, 1));
        for (var top = height % h / 2; top + h <= height; top += h)
        {
            for (var left = width % w / 2; left + w <= width; left += w) Cut(move, top, left, h, w).copy_(Bumps(h, w) * Signs(count, channels, 1, 1));
        }
        return Filled(move.view(samples.shape), ball).MoveToOuterDisposeScope();
    }

    /// <summary>The move with one window changed, the same for all samples.</summary>
    /// <param name="move">The best so far; used up.</param>
    /// <param name="ball">What is allowed.</param>
    /// <param name="share">p.</param>
    public Tensor Change(Tensor move, Ball ball, double share)
    {
        using var scope = NewDisposeScope();
        var images = move.view(-1, channels, height, width);
        if (ball.IsBox)
        {
            var (h, w) = Sides(share, 1);
            var reach = ball.Reach(move);
            reach = reach.numel() == 1 ? reach.view(1, 1, 1, 1).expand(1, channels, height, width) : reach.expand(move.shape).reshape(images.shape);
            var (top, left) = (Place(height - h), Place(width - w));
            Cut(images, top, left, h, w).copy_(Cut(reach, top, left, h, w) * (Signs(1, channels, 1, 1) * ball.Radius));
            return images.view(move.shape).MoveToOuterDisposeScope();
        }
        Exchange(images, ball, share);
        return Filled(images.view(move.shape), ball).MoveToOuterDisposeScope();
    }

    /// <summary>One window receives bumps, and the length of its own and of another window, which becomes empty.</summary>
    private void Exchange(Tensor images, Ball ball, double share)
    {
        using var scope = NewDisposeScope();
        var power = Power(ball);
        var (h, w) = Sides(share, LeastSide);
        var (top, left, fromTop, fromLeft) = (Place(height - h), Place(width - w), Place(height - h), Place(width - w));
        var (to, from) = (Cut(images, top, left, h, w), Cut(images, fromTop, fromLeft, h, w));
        var mask = zeros(1, 1, height, width);
        Cut(mask, top, left, h, w).fill_(1);
        Cut(mask, fromTop, fromLeft, h, w).fill_(1);

        Tensor Length(Tensor part, params long[] over) => power == 1 ? part.abs().sum(over, keepdim: true) : part.square().sum(over, keepdim: true).sqrt();
        var (whole, both) = (Length(images, 1, 2, 3), Length(images * mask, 1, 2, 3));
        var left0 = (Math.Pow(ball.Radius, power) - whole.pow(power)).clamp_min(0) / channels;
        var length = (left0 + both.pow(power)).pow(1.0 / power);
        var shape = (Bumps(h, w) * Signs(images.shape[0], channels, 1, 1)) + (to / (Length(to, 2, 3) + Tiny));
        shape = shape / (Length(shape, 2, 3) + Tiny) * length;
        from.zero_();
        to.copy_(shape);
    }

    /// <summary>As long as the ball allows; coordinates that may not move do not.</summary>
    private static Tensor Filled(Tensor move, Ball ball)
    {
        using var scope = NewDisposeScope();
        var allowed = move * ball.Reach(move).gt(0);
        if (Power(ball) == 1) return allowed.MoveToOuterDisposeScope();
        var size = (ball.Radius / ball.Measure(allowed).clamp_min(Tiny)).view([move.shape[0], .. Enumerable.Repeat(1L, (int)move.dim() - 1)]);
        return (allowed * size).nan_to_num_(0).MoveToOuterDisposeScope();
    }

    private static int Power(Ball ball) => ball switch { L1 => 1, Scaled scaled => Power(scaled.Inner), _ => 2 };

    private long Place(long most) => most <= 0 ? 0 : places.Below((int)most + 1);

    /// <summary>A square that covers a share of the image; a wider one where the image is too low.</summary>
    private (long Height, long Width) Sides(double share, int least)
    {
        var side = Math.Max((long)Math.Round(Math.Sqrt(share * height * width)), least);
        if (least > 1 && side % 2 == 0) side++;
        if (side <= Math.Min(height, width)) return (side, side);
        var h = Math.Min(side, height);
        return (h, Math.Clamp((long)Math.Round(share * height * width / h), 1, width));
    }

    private Tensor Signs(params long[] shape) => (randint(0, 2, shape, dtype: ScalarType.Float32, generator: signs) * 2).sub_(1);

    private static Tensor Cut(Tensor images, long top, long left, long h, long w) => images.narrow(2, top, h).narrow(3, left, w);

    /// <summary>A bump above and a valley below, or side by side: length 1.</summary>
    private Tensor Bumps(long h, long w)
    {
        var rows = h > 1 && (w == 1 || places.Chance(0.5));
        var (first, second) = rows ? (Bump(h / 2, w), Bump(h - (h / 2), w)) : (Bump(h, w / 2), Bump(h, w - (w / 2)));
        var both = cat([first, -second], rows ? 0 : 1);
        return both / both.square().sum([0, 1], keepdim: true).sqrt();
    }

    /// <summary>Falls from its middle: Σ 1 / (k + 1)² over k from the distance to the middle. Length 1.</summary>
    private static Tensor Bump(long h, long w)
    {
        if (h == 0 || w == 0) return zeros(h, w);
        var rings = Math.Max(h / 2, w / 2) + 1;
        var values = new float[h * w];
        for (long i = 0; i < h; i++)
        {
            for (long j = 0; j < w; j++)
            {
                for (var k = Math.Max(Math.Abs(i - (h / 2)), Math.Abs(j - (w / 2))); k < rings; k++) values[(i * w) + j] += 1f / ((k + 1) * (k + 1));
            }
        }
        var bump = tensor(values).view(h, w);
        return bump / bump.square().sum([0, 1], keepdim: true).sqrt();
    }
}
