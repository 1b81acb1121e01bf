using System.Numerics;
using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Draws one sign in its surroundings: where it stands, what is behind it, which light falls on it, and what the camera does to it.</summary>
/// <remarks>Each pixel is the mean of 16 points; then come blur, sensor noise and 8 bits.</remarks>
internal static class SignScene
{
    public const int Size = 32;

    private const int Points = 4;                               // in a row of a pixel
    private const int Patches = 7;

    private static readonly Vector3[] Grounds =
        [new(0.55f, 0.7f, 0.9f), new(0.8f, 0.82f, 0.85f), new(0.25f, 0.42f, 0.2f), new(0.45f, 0.44f, 0.42f), new(0.55f, 0.36f, 0.28f), new(0.2f, 0.23f, 0.28f)];

    /// <summary>Writes the pixels of a scene.</summary>
    /// <param name="sign">The number of the sign in <see cref="SignFace.Names"/>.</param>
    /// <param name="random">Everything that varies.</param>
    /// <param name="pixels">3 planes of 32 × 32 bytes.</param>
    public static void Draw(int sign, SplitMix random, Span<byte> pixels)
    {
        var image = new Vector3[Size * Size];
        Paint(sign, random, image);
        Blur(image, (float)random.Uniform(0, 0.22));
        var noise = random.Uniform(0.01, 0.05);
        for (var i = 0; i < image.Length; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var value = image[i][channel] + (noise * random.Normal());
                pixels[(channel * image.Length) + i] = (byte)Math.Clamp(Math.Round(255 * value), 0, 255);
            }
        }
    }

    private static void Paint(int sign, SplitMix random, Vector3[] image)
    {
        var background = Background(random);
        var radius = (float)random.Uniform(10.5, 15);
        var slack = (Size / 2) - radius;                        // the sign stays within the picture
        var center = new Vector2((Size / 2) + (float)random.Uniform(-slack, slack), (Size / 2) + (float)random.Uniform(-slack, slack));
        var (sin, cos) = MathF.SinCos((float)random.Uniform(-0.22, 0.22));
        var turn = (float)random.Uniform(0.8, 1);               // seen from the side, a sign is narrower
        var light = (float)random.Uniform(0.5, 1.15);
        var tint = new Vector3((float)random.Uniform(0.9, 1.1), (float)random.Uniform(0.95, 1.05), (float)random.Uniform(0.9, 1.1));
        var shadow = random.Chance(0.3) ? (float)random.Uniform(0.5, 0.75) : 1;
        var edge = (Angle: (float)random.Uniform(0, Math.Tau), Offset: (float)random.Uniform(-0.4, 0.4));
        var pole = new Vector3((float)random.Uniform(0.3, 0.7));

        for (var i = 0; i < image.Length * Points * Points; i++)
        {
            var (pixel, point) = (i / (Points * Points), i % (Points * Points));
            var at = new Vector2((pixel % Size) + (((point % Points) + 0.5f) / Points), (pixel / Size) + (((point / Points) + 0.5f) / Points));
            var (dx, dy) = ((at.X - center.X) / radius, (at.Y - center.Y) / radius);
            var (x, y) = (((cos * dx) + (sin * dy)) / turn, (cos * dy) - (sin * dx));
            var color = SignFace.At(sign, x, y) is { } face
                ? face * ((x * MathF.Cos(edge.Angle)) + (y * MathF.Sin(edge.Angle)) > edge.Offset ? shadow : 1)
                : MathF.Abs(x) < 0.08f && y > 0 ? pole : background(at);
            image[pixel] += color * light * tint / (Points * Points);
        }
    }

    /// <summary>A gradient with rectangles before it: sky, leaves, walls, windows, road.</summary>
    private static Func<Vector2, Vector3> Background(SplitMix random)
    {
        var (top, bottom) = (Grounds[random.Below(Grounds.Length)], Grounds[random.Below(Grounds.Length)]);
        var patches = new (Vector2 From, Vector2 To, Vector3 Color)[random.Below(Patches + 1)];
        for (var i = 0; i < patches.Length; i++)
        {
            var from = new Vector2((float)random.Uniform(-8, Size), (float)random.Uniform(-8, Size));
            var color = Grounds[random.Below(Grounds.Length)] * (float)random.Uniform(0.6, 1.2);
            if (random.Chance(0.15)) color = new Vector3((float)random.Uniform(), (float)random.Uniform(), (float)random.Uniform());
            patches[i] = (from, from + new Vector2((float)random.Uniform(3, 18), (float)random.Uniform(3, 18)), color);
        }
        return at =>
        {
            for (var i = patches.Length - 1; i >= 0; i--)
            {
                if (at.X >= patches[i].From.X && at.Y >= patches[i].From.Y && at.X < patches[i].To.X && at.Y < patches[i].To.Y) return patches[i].Color;
            }
            return Vector3.Lerp(top, bottom, at.Y / Size);
        };
    }

    /// <summary>Lets a share of each pixel flow to either side, along rows and then along columns.</summary>
    private static void Blur(Vector3[] image, float share)
    {
        foreach (var step in new[] { 1, Size })
        {
            var sharp = (Vector3[])image.Clone();
            for (var i = 0; i < image.Length; i++)
            {
                var place = step == 1 ? i % Size : i / Size;
                var (before, after) = (place == 0 ? i : i - step, place == Size - 1 ? i : i + step);
                image[i] = ((1 - (2 * share)) * sharp[i]) + (share * (sharp[before] + sharp[after]));
            }
        }
    }
}
