namespace Adamant.Training;

/// <summary>
/// Minimizes a smooth function without noise: the step of Newton's method, with a curvature that is estimated from the last few gradients.
/// <code>x ← x − t H ∇f(x),  H from (sᵢ, yᵢ) = (xᵢ₊₁ − xᵢ, ∇fᵢ₊₁ − ∇fᵢ);  t halved until f falls enough</code>
/// </summary>
/// <remarks>Source: Nocedal, Wright, "Numerical Optimization", 2nd ed. 2006, algorithms 7.4, 7.5 and 3.1.</remarks>
internal static class Lbfgs
{
    private const int Memory = 6, MostHalvings = 20;
    private const double SufficientDecrease = 1e-4;

    /// <summary>Minimizes from <paramref name="start"/>, which keeps its value.</summary>
    /// <param name="start">Any shape, <c>Float32</c>.</param>
    /// <param name="function">The value and the gradient at a point.</param>
    /// <param name="iterations">The most steps.</param>
    /// <param name="tolerance">Enough when no part of the gradient is larger.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    public static Tensor Minimize(Tensor start, Func<Tensor, (double Value, Tensor Gradient)> function, int iterations, double tolerance, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var x = start.clone();
        var (value, gradient) = function(x);
        var pairs = new List<(Tensor S, Tensor Y, double Rho)>();
        for (var i = 0; i < iterations && gradient.abs().max().item<float>() > tolerance; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var direction = Direction(gradient, pairs);
            var slope = Dot(gradient, direction);
            var length = pairs.Count == 0 ? Math.Min(1, 1 / gradient.norm().item<float>()) : 1.0;
            var (next, nextValue, nextGradient) = (x, value, gradient);
            for (var halvings = 0; halvings < MostHalvings; halvings++, length /= 2)
            {
                next = x + length * direction;
                (nextValue, nextGradient) = function(next);
                if (nextValue <= value + (SufficientDecrease * length * slope)) break;
            }
            if (!(nextValue < value)) break;                    // as low as float32 tells
            Remember(pairs, next - x, nextGradient - gradient);
            x.Dispose();
            gradient.Dispose();
            (x, value, gradient) = (next.MoveToOuterDisposeScope(), nextValue, nextGradient.MoveToOuterDisposeScope());
        }
        return x.MoveToOuterDisposeScope();
    }

    private static Tensor Direction(Tensor gradient, List<(Tensor S, Tensor Y, double Rho)> pairs)
    {
        var (q, alphas) = (gradient.neg(), new double[pairs.Count]);
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            alphas[i] = pairs[i].Rho * Dot(pairs[i].S, q);
            q = q - alphas[i] * pairs[i].Y;
        }
        if (pairs.Count > 0) q = q / (pairs[^1].Rho * Dot(pairs[^1].Y, pairs[^1].Y));
        for (var i = 0; i < pairs.Count; i++) q = q + (alphas[i] - (pairs[i].Rho * Dot(pairs[i].Y, q))) * pairs[i].S;
        return q;
    }

    private static void Remember(List<(Tensor S, Tensor Y, double Rho)> pairs, Tensor s, Tensor y)
    {
        var curvature = Dot(s, y);
        if (curvature <= 1e-12) return;
        pairs.Add((s.MoveToOuterDisposeScope(), y.MoveToOuterDisposeScope(), 1 / curvature));
        if (pairs.Count <= Memory) return;
        pairs[0].S.Dispose();
        pairs[0].Y.Dispose();
        pairs.RemoveAt(0);
    }

    private static double Dot(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        return a.reshape(-1).dot(b.reshape(-1)).item<float>();
    }
}
