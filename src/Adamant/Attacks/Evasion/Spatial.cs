using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// Rotations and translations: tries a grid of them, the mildest first, and keeps the first that fools.
/// <code>x′ = rotate(x, a) shifted by (u, v),   |a| ≤ max-rotation,   |u|, |v| ≤ max-shift</code>
/// </summary>
/// <remarks>
/// The threat is no norm: what limits the attacker are this attack's own parameters, and the ball should be <see cref="Linf"/> of the inputs' whole
/// range (<c>--epsilon 1</c> for images in [0, 1]); a smaller ball cuts the result down. For images, by bilinear interpolation, black outside. The grid is
/// searched whole, so there is no stronger attack within it, but angles between its points are not tried. Needs labels only.
/// Cost: at most rotations × shifts² forward passes per image (125).
/// Source: Engstrom, Tran, Tsipras, Schmidt, Madry, "Exploring the Landscape of Spatial Robustness", ICML 2019, arXiv:1712.02779, §3.
/// </remarks>
[Restricted("rotates and shifts images")]
public sealed record Spatial : IEvasion<IClassifier>
{
    /// <summary>The largest angle in degrees, from 0 to 180.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 180.</exception>
    public double MaxRotation { get; init => field = Option.UpTo(value, 180); } = 30;

    /// <summary>The largest shift in pixels, in each direction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public double MaxShift { get; init => field = Option.UpTo(value); } = 3;

    /// <summary>Angles of the grid; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Rotations { get; init => field = Option.AtLeast(value, 1); } = 5;

    /// <summary>Shifts of the grid in each direction; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Shifts { get; init => field = Option.AtLeast(value, 1); } = 5;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The inputs are no images.</exception>
    public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        if (inputs.dim() != 4) throw new ArgumentException($"Expected images [N, C, H, W] to rotate and shift, got [{string.Join(", ", inputs.shape)}].", nameof(inputs));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var grid = Grid();
        var questions = new Questions(labels, threat, grid.Count, run, cancellation);
        var x = inputs.detach().clone();
        var active = arange(x.shape[0], ScalarType.Int64);
        foreach (var (angle, down, right) in grid)
        {
            using var inner = NewDisposeScope();
            var (part, originals) = (threat.Select(active), inputs.index_select(0, active));
            var moved = part.Place(Moved(originals, angle, down, right) - originals, originals, victim.Input);
            var fooled = questions.Fooled(victim, active, moved);
            questions.Report(active.shape[0] / (double)x.shape[0]);
            var hits = fooled.nonzero().squeeze(1);
            if (hits.shape[0] > 0) x.index_copy_(0, active.index_select(0, hits), moved.index_select(0, hits));
            active = active.masked_select(fooled.logical_not()).MoveToOuterDisposeScope();
            if (active.shape[0] == 0) break;
        }
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>Images turned by an angle about their center and then shifted; black comes in from outside.</summary>
    internal static Tensor Moved(Tensor images, double degrees, double down, double right)
    {
        if ((degrees, down, right) == (0, 0, 0)) return images.alias();
        using var scope = NewDisposeScope();
        var (height, width) = ((double)images.shape[2], (double)images.shape[3]);
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        // From a place of the result to the place in the image that it shows, both with the center at 0, in pixels.
        var (rows, columns) = (arange(height, ScalarType.Float64) - ((height - 1) / 2) - down, arange(width, ScalarType.Float64) - ((width - 1) / 2) - right);
        var (row, column) = (rows.unsqueeze(1).expand((long)height, (long)width), columns.expand((long)height, (long)width));
        var from = stack([((cos * column) - (sin * row)) * (2 / width), ((sin * column) + (cos * row)) * (2 / height)], 2);
        return nn.functional.grid_sample(
            images, from.to_type(images.dtype).unsqueeze(0).expand(images.shape[0], -1, -1, -1), padding_mode: GridSamplePaddingMode.Zeros, align_corners: false).MoveToOuterDisposeScope();
    }

    private IReadOnlyList<(double Angle, double Down, double Right)> Grid() =>
    [
        .. from angle in Spread(Rotations, MaxRotation)
           from down in Spread(Shifts, MaxShift)
           from right in Spread(Shifts, MaxShift)
           orderby Math.Abs(angle) / Math.Max(MaxRotation, 1e-9) + ((Math.Abs(down) + Math.Abs(right)) / Math.Max(MaxShift, 1e-9))
           select (angle, down, right),
    ];

    private static IEnumerable<double> Spread(int count, double most) =>
        count == 1 || most == 0 ? [0] : Enumerable.Range(0, count).Select(i => most * ((2.0 * i / (count - 1)) - 1));
}
