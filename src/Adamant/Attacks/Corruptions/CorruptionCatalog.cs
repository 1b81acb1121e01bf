namespace Adamant.Attacks.Corruptions;

/// <summary>The fifteen common corruptions of images.</summary>
public static class CorruptionCatalog
{
    /// <summary>In the order of the source: noise, blur, weather, digital.</summary>
    public static IReadOnlyList<Corruption> All { get; } =
    [
        new("gaussian-noise", "noise", Noise.Gaussian),
        new("shot-noise", "noise", Noise.Shot),
        new("impulse-noise", "noise", Noise.Impulse),
        new("defocus-blur", "blur", Blur.Defocus),
        new("glass-blur", "blur", Blur.Glass),
        new("motion-blur", "blur", Blur.Motion),
        new("zoom-blur", "blur", Blur.Zoom),
        new("snow", "weather", Weather.Snow),
        new("frost", "weather", Weather.Frost),
        new("fog", "weather", Weather.Fog),
        new("brightness", "weather", Weather.Brightness),
        new("contrast", "digital", Digital.Contrast),
        new("elastic", "digital", Digital.Elastic),
        new("pixelate", "digital", Digital.Pixelate),
        new("jpeg", "digital", Digital.Compress),
    ];

    /// <summary>The corruption of that name.</summary>
    /// <exception cref="ArgumentException">There is none: the message names those that exist.</exception>
    public static Corruption Find(string name) => All.FirstOrDefault(c => c.Name == name) ?? throw new ArgumentException(
        $"Expected a corruption ({string.Join(", ", All.Select(c => c.Name))}), got '{name}'.", nameof(name));
}
