namespace Adamant.Attacks.Evasion;

/// <summary>The directions that <see cref="SimBa"/> tries.</summary>
public enum SimBaBasis
{
    /// <summary>One coordinate at a time.</summary>
    Pixel,

    /// <summary>One cosine wave at a time, low frequencies only; images.</summary>
    Dct,
}
