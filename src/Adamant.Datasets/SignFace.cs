using System.Numerics;

namespace Adamant.Datasets;

/// <summary>What the ten signs look like: the color of a point of a sign's face.</summary>
/// <remarks>The signs follow the Vienna Convention on Road Signs and Signals, 1968, annexes 1 and 3, simplified for 32 pixels.</remarks>
internal static class SignFace
{
    public static readonly string[] Names =
        ["stop", "yield", "no-entry", "priority", "speed-30", "speed-50", "speed-80", "keep-right", "no-stopping", "danger"];

    private static readonly Vector3 Red = new(0.78f, 0.06f, 0.09f), White = new(0.95f, 0.95f, 0.94f), Black = new(0.06f, 0.06f, 0.07f);
    private static readonly Vector3 Blue = new(0.05f, 0.25f, 0.65f), Yellow = new(0.98f, 0.76f, 0.08f);

    /// <summary>The color of a point, or null beside the sign.</summary>
    /// <param name="sign">The number of the sign in <see cref="Names"/>.</param>
    /// <param name="x">To the right; the sign lies within [−1, 1].</param>
    /// <param name="y">Downwards.</param>
    public static Vector3? At(int sign, float x, float y) => sign switch
    {
        0 => Stop(x, y),
        1 => Triangle(x, -y) switch { > 0.5f => null, > 0.28f => Red, _ => White },
        2 => Disc(x, y, 0.96f, White, Red) is { } c ? MathF.Abs(x) < 0.68f && MathF.Abs(y) < 0.19f ? White : c : null,
        3 => (MathF.Abs(x) + MathF.Abs(y)) switch { > 1 => null, > 0.95f => Black, > 0.68f => White, _ => Yellow },
        4 => Speed("30", x, y),
        5 => Speed("50", x, y),
        6 => Speed("80", x, y),
        7 => Disc(x, y, 0.95f, White, Blue) is { } c ? Arrow(x, y) ? White : c : null,
        8 => Disc(x, y, 0.78f, Red, Blue) is { } c ? MathF.Min(MathF.Abs(x - y), MathF.Abs(x + y)) < 0.17f ? Red : c : null,
        _ => Triangle(x, y) switch { > 0.5f => null, > 0.32f => Red, _ => Exclamation(x, y) ? Black : White },
    };

    private static Vector3? Stop(float x, float y)
    {
        var (ax, ay) = (MathF.Abs(x), MathF.Abs(y));
        var size = MathF.Max(MathF.Max(ax, ay), (ax + ay) / MathF.Sqrt(2));
        if (size > 0.95f) return null;
        return size > 0.86f || PixelFont.Covers("STOP", x, y, 0.74f, 0.33f) ? White : Red;
    }

    private static Vector3? Speed(string limit, float x, float y) =>
        Disc(x, y, 0.78f, Red, White) is { } c ? PixelFont.Covers(limit, x, y, 0.58f, 0.44f) ? Black : c : null;

    private static Vector3? Disc(float x, float y, float inner, Vector3 rim, Vector3 face)
    {
        var radius = MathF.Sqrt((x * x) + (y * y));
        return radius > 1 ? null : radius > inner ? rim : face;
    }

    /// <summary>The distance from the middle of an upright equilateral triangle, 0.5 at its edge.</summary>
    private static float Triangle(float x, float y)
    {
        var lower = y - 0.2f;
        return MathF.Max(lower, (MathF.Abs(x) * MathF.Sqrt(3) / 2) - (lower / 2)) / 1.25f;
    }

    /// <summary>An arrow towards the lower right.</summary>
    private static bool Arrow(float x, float y)
    {
        var (along, across) = ((x + y) / MathF.Sqrt(2), (x - y) / MathF.Sqrt(2));
        var shaft = along is > -0.7f and < 0.2f && MathF.Abs(across) < 0.14f;
        var head = along is >= 0.1f and < 0.75f && MathF.Abs(across) < (0.75f - along) * 0.8f;
        return shaft || head;
    }

    private static bool Exclamation(float x, float y) => MathF.Abs(x) < 0.1f && y is > -0.3f and < 0.28f or > 0.38f and < 0.55f;
}
