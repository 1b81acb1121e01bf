using Adamant.Attacks;
using TorchSharp.Modules;

namespace Adamant.Certification;

/// <summary>
/// Walks from the end of a chain back to its input with linear lower bounds.
/// <code>A z + c ≥ A′ x + c′ over the ball;   ReLU between l &lt; 0 &lt; u:   a z ≤ relu(z) ≤ u (z − l) / (u − l),   a = 1 if u &gt; −l, else 0</code>
/// </summary>
internal static class LinearRelaxation
{
    /// <summary>A lower bound over the ball of rows · (what goes into layer <paramref name="depth"/>) + constant.</summary>
    /// <param name="chain">The layers.</param>
    /// <param name="boxes">Bounds of what goes into each layer.</param>
    /// <param name="depth">How many layers of the body to walk through.</param>
    /// <param name="rows">Shape <c>[N, K, …]</c>.</param>
    /// <param name="constant">Shape <c>[N, K]</c>.</param>
    /// <param name="inputs">The samples, <c>[N, …]</c>.</param>
    /// <param name="ball">Around the samples.</param>
    /// <returns>Shape <c>[N, K]</c>.</returns>
    public static Tensor Lowest(ProvenChain chain, IReadOnlyList<Box> boxes, int depth, Tensor rows, Tensor constant, Tensor inputs, Ball ball)
    {
        using var scope = NewDisposeScope();
        for (var i = depth - 1; i >= 0; i--) (rows, constant) = Back(chain.Body[i], boxes[i], rows, constant);
        return (constant + OverBall(rows, boxes[0], inputs, ball)).MoveToOuterDisposeScope();
    }

    private static (Tensor Rows, Tensor Constant) Back(nn.Module<Tensor, Tensor> layer, Box box, Tensor rows, Tensor constant) => layer switch
    {
        Linear linear => (rows.matmul(linear.weight), linear.bias is { } b ? constant + rows.matmul(b) : constant),
        Conv2d conv => (Transposed(conv, rows, box), conv.bias is { } b ? constant + rows.sum([3, 4]).matmul(b) : constant),
        ReLU => ThroughRelu(rows, constant, box),
        MaxPool2d pool => ThroughMaximum(pool, rows, constant, box),
        AvgPool2d pool => (Averaged(pool, rows, box), constant),
        Flatten => (rows.reshape([.. rows.shape[..2], .. box.Lower.shape[1..]]), constant),
        _ => (rows, constant),                                  // dropout, as it is served
    };

    private static Tensor Transposed(Conv2d conv, Tensor rows, Box box)
    {
        var (from, to) = (box.Lower.shape, rows.shape);
        long[] left = [.. Enumerable.Range(0, 2).Select(d =>
            from[d + 2] - (((to[d + 3] - 1) * conv.stride[d]) - (2 * conv.padding![d]) + (conv.dilation[d] * (conv.kernel_size[d] - 1)) + 1))];
        return nn.functional.conv_transpose2d(rows.flatten(0, 1), conv.weight, null, conv.stride, conv.padding, left, conv.dilation, conv.groups)
            .reshape([.. to[..2], .. from[1..]]);
    }

    private static (Tensor, Tensor) ThroughRelu(Tensor rows, Tensor constant, Box box)
    {
        var (l, u) = (box.Lower, box.Upper);
        var (on, crossing) = (l.ge(0), l.lt(0) & u.gt(0));
        var above = where(crossing, u / where(crossing, u - l, ones_like(u)), on.to_type(u.dtype));
        var below = (on | (crossing & (u + l).gt(0))).to_type(u.dtype);
        var intercept = where(crossing, -l * above, zeros_like(l));
        var (rising, falling) = (rows.clamp_min(0), rows.clamp_max(0));
        return ((rising * below.unsqueeze(1)) + (falling * above.unsqueeze(1)), constant + (falling * intercept.unsqueeze(1)).flatten(2).sum(2));
    }

    /// <summary>From below the maximum is at least the neuron with the largest lower bound; from above it is at most the largest upper bound.</summary>
    private static (Tensor, Tensor) ThroughMaximum(MaxPool2d pool, Tensor rows, Tensor constant, Box box)
    {
        var (from, to) = (box.Lower.shape, rows.shape);
        var (_, best) = pool.forward_with_indices(box.Lower);
        var target = zeros([to[0], to[1], from[1], from[2] * from[3]], rows.dtype);
        var index = best.flatten(2).unsqueeze(1).expand(to[0], to[1], to[2], to[3] * to[4]);
        var routed = target.scatter_add(3, index, rows.clamp_min(0).flatten(3)).reshape([.. to[..2], .. from[1..]]);
        return (routed, constant + (rows.clamp_max(0) * pool.call(box.Upper).unsqueeze(1)).flatten(2).sum(2));
    }

    /// <summary>A linear layer's transpose is its gradient, wherever it is taken.</summary>
    private static Tensor Averaged(AvgPool2d pool, Tensor rows, Box box)
    {
        using var grad = enable_grad();
        var anywhere = zeros([rows.shape[0] * rows.shape[1], .. box.Lower.shape[1..]], rows.dtype, requires_grad: true);
        return autograd.grad([pool.call(anywhere)], [anywhere], [rows.flatten(0, 1)], create_graph: rows.requires_grad)[0].reshape([.. rows.shape[..2], .. box.Lower.shape[1..]]);
    }

    /// <summary>The least of a · x: over the box of legal inputs, and over the ball itself where it is rounder; whichever says more.</summary>
    private static Tensor OverBall(Tensor rows, Box box, Tensor inputs, Ball ball)
    {
        var (lower, upper) = (box.Lower.unsqueeze(1), box.Upper.unsqueeze(1));
        var inBox = ((rows.clamp_min(0) * lower) + (rows.clamp_max(0) * upper)).flatten(2).sum(2);
        return ball.IsBox || ball.HoldsTogether ? inBox : inBox.maximum((rows * inputs.unsqueeze(1)).flatten(2).sum(2) - Support(rows, ball));
    }

    /// <summary>The most that a move within the ball adds to a · x: ε times the dual norm of a.</summary>
    /// <param name="rows">a, shape <c>[N, K, …]</c>.</param>
    /// <param name="ball">Not bound together, see <see cref="Ball.HoldsTogether"/>.</param>
    public static Tensor Support(Tensor rows, Ball ball)
    {
        using var scope = NewDisposeScope();
        var (samples, count) = (rows.shape[0], rows.shape[1]);
        var each = ball.Select(arange(samples, ScalarType.Int64).repeat_interleave(count));
        var flat = rows.flatten(0, 1);
        return (ball.Radius * (each.Steepest(flat) * flat).flatten(1).sum(1)).reshape(samples, count).MoveToOuterDisposeScope();
    }
}
