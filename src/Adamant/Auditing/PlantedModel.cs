using Adamant.Attacks;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>
/// A model with one straight border, and samples at known distances from it: to the best attack some must fall, and the others cannot.
/// <code>z₀ = s · m(x),  z₁ = −s · m(x),  z₂ … z₄ = far below;   m(x) = Σᵢ wᵢ (xᵢ − middle),   distance = |m(x)| / ‖w‖*</code>
/// </summary>
/// <remarks>
/// ‖w‖* is the dual of the ball's norm. Samples are at t · ε with t below 1 (they fall) or above (they hold), far enough from the bounds of the range, which
/// grows with ε so that an attack with steps of a fixed length is as well off as in its real task.
/// </remarks>
internal sealed class PlantedModel : IDisposable
{
    private const int Count = 16, Side = 6, Size = Side * Side, Rest = 3, MostCoordinates = 4;
    private const double Gap = 4, Far = 30;                     // in logits: at ε from the border, and of the other classes
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor weights;
    private readonly double middle, steepness;

    /// <summary>Plants the samples.</summary>
    /// <param name="ball">The norm and ε.</param>
    /// <param name="falls">t of the samples that must fall.</param>
    /// <param name="holds">t of those that must hold; null where all must fall.</param>
    public PlantedModel(Ball ball, double falls, double? holds)
    {
        using var noGrad = no_grad();
        Ball = ball is L0 ? new L0(Math.Clamp(Math.Floor(ball.Radius), 1, MostCoordinates)) : ball;
        Falling = holds is null ? Count : Count / 2;
        middle = ball is L0 ? 0.5 : 4 * ball.Radius;
        Input = InputSpec.Image(1, Side, Side) is var image && middle == 0.5 ? image : new InputSpec(image.Shape, 0, 2 * middle);

        weights = tensor(Enumerable.Range(0, Size).Select(i => (i % Side < Side / 2 ? 1 : -1) * (1 + (i * 7 % Size / (float)Size))).ToArray());
        var square = Norm(2) * Norm(2);
        var t = Enumerable.Range(0, Count).Select(i => i % 2 == 0 || holds is null ? falls : holds.Value).ToArray();
        var sides = Enumerable.Range(0, Count).Select(i => i / 2 % 2 == 0 ? 1 : -1).ToArray();
        var levels = t.Select((share, i) => (float)(sides[i] * Level(share, square) / square)).ToArray();
        steepness = Gap / 2 / Level(1, square);

        using var generator = new Generator(7, CPU);
        var noise = (rand(Count, Size, generator: generator) - 0.5) * (ball is L0 ? 0 : ball.Radius / 2);
        noise -= matmul(noise, weights).unsqueeze(1) * weights / square;                     // along the border
        var moves = tensor(levels).unsqueeze(1) * weights;
        Data = new Batch((middle + noise + moves).reshape([Count, .. Input.Shape]), tensor(sides.Select(side => side > 0 ? 0L : 1).ToArray()));
    }

    /// <summary>The norm and ε; whole and small in L0.</summary>
    public Ball Ball { get; }

    public InputSpec Input { get; }

    public Batch Data { get; }

    /// <summary>How many of the samples fall to the best attack.</summary>
    public int Falling { get; }

    /// <summary>Differentiable.</summary>
    /// <param name="inputs">Shape <c>[N, …]</c>.</param>
    /// <param name="bend">Between the margin and the logits; nothing when null.</param>
    public Tensor Logits(Tensor inputs, Func<Tensor, Tensor>? bend = null)
    {
        using var inner = NewDisposeScope();
        var margin = matmul(inputs.flatten(1) - middle, weights).unsqueeze(1) * steepness;
        if (bend is not null) margin = bend(margin);
        return cat([margin, -margin, full([inputs.shape[0], Rest], -Far)], 1).MoveToOuterDisposeScope();
    }

    public void Dispose() => scope.Dispose();

    /// <summary>|m| at a share of the ball: ε · ‖w‖*; in L0 as much as the ε best coordinates can change, each as far as the range goes.</summary>
    private double Level(double share, double square)
    {
        if (Ball is not L0)
        {
            using var steepest = (Ball with { Radius = 1 }).Steepest(weights.unsqueeze(0)).squeeze(0);
            return share * Ball.Radius * steepest.dot(weights).ToDouble();
        }
        var best = weights.abs().topk((int)Ball.Radius, 0).values;
        var (straight, squares) = (share * middle * sum(best).ToDouble(), share * sum(best.square()).ToDouble());
        return straight * square / (square - squares);          // m = share · Σ |wᵢ| (middle + |wᵢ| m / ‖w‖₂²)
    }

    private double Norm(float p) => weights.norm(0, false, p).ToDouble();
}
