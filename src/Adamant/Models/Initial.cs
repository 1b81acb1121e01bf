namespace Adamant.Models;

/// <summary>Changes weights before training.</summary>
internal static class Initial
{
    /// <summary>Multiplies all weights of a tensor in place.</summary>
    public static void Scale(Tensor weights, double factor)
    {
        using var noGrad = no_grad();
        weights.mul_(factor);
    }
}
