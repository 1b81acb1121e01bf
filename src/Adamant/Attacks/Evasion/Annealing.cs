using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>Step sizes that fall along half a cosine, in units of the inputs' range.</summary>
internal static class Annealing
{
    /// <summary>The smallest normal <c>Float32</c>: only zero is below it.</summary>
    public const double Tiny = 1.2e-38;

    /// <summary>From <paramref name="from"/> at step 1 towards <paramref name="to"/> after the last step.</summary>
    public static double Cosine(int step, int steps, double from, double to) => to + ((from - to) * (1 + Math.Cos(Math.PI * (step - 1) / steps)) / 2);

    /// <summary>The width of the range, 1 where there is no bound.</summary>
    public static double Width(InputSpec input) => double.IsFinite(input.Max - input.Min) ? input.Max - input.Min : 1;

    /// <summary>Reshapes one number per sample so that it multiplies <paramref name="like"/>.</summary>
    public static Tensor PerSample(Tensor values, Tensor like) => values.reshape([values.shape[0], .. Enumerable.Repeat(1L, (int)like.dim() - 1)]);
}
