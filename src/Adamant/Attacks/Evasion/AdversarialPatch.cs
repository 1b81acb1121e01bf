using System.Globalization;
using System.Text;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// One patch that fools wherever it lies: ascent of the mean loss over images and places.
/// <code>P ← clamp(P + α · sign(∇_P mean_{i, place} L(f(A(P, xᵢ, place)), yᵢ))),   A: the patch pasted onto the image</code>
/// </summary>
/// <remarks>
/// What an attacker can stick onto the scene. The threat is no norm: the patch's area limits it, and the ball should be <see cref="Linf"/> of the inputs'
/// whole range (<c>--epsilon 1</c> for images in [0, 1]); a mask (<see cref="Scaled"/>) keeps it out of places. For images. Learned from the samples of one
/// call, which is one batch of the harness: for the honest number, learn it on training data (<see cref="Learn"/>) and judge it on others, with
/// <see cref="Patch"/> set. Places are drawn anew in each step; the source's rotations and scalings are left out.
/// Cost: one forward and one backward pass per step, of at most 256 images.
/// Source: Brown, Mané, Roy, Abadi, Gilmer, "Adversarial Patch", 2017, arXiv:1712.09665, equation 1.
/// </remarks>
[Restricted("pastes one patch into all samples")]
public sealed record AdversarialPatch : IEvasion<IDifferentiable>
{
    private const int AtOnce = 256;

    /// <summary>The number of steps; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Steps { get; init => field = Option.AtLeast(value, 1); } = 100;

    /// <summary>α as a share of the inputs' range; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double StepSize { get; init => field = Option.Positive(value); } = 0.05;

    /// <summary>The share of the image that the square patch covers; above 0, at most 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above 1.</exception>
    public double Area { get; init => field = Option.UpTo(Option.Positive(value), 1); } = 0.05;

    /// <summary>The side of the patch in pixels, at least 1; null for the one that <see cref="Area"/> says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? Side { get; init => field = value is { } side ? Option.AtLeast(side, 1) : null; }

    /// <summary>The row of the patch's upper edge, from 0; null for a random one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int? Row { get; init => field = value is { } row ? Option.AtLeast(row, 0) : null; }

    /// <summary>The column of the patch's left edge, from 0; null for a random one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int? Column { get; init => field = value is { } column ? Option.AtLeast(column, 0) : null; }

    /// <summary>A patch that was learned before, shape <c>[1, C, side, side]</c>; null to learn one from the samples at hand. Belongs to the caller.</summary>
    public Tensor? Patch { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The inputs are no images with bounds, or the patch does not fit into them.</exception>
    public Tensor Perturb(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Fork(1).Generator();
        var patch = Patch ?? Learn(victim, inputs, labels, threat, run, cancellation);
        var pasted = Pasted(patch, inputs, Places(inputs, patch.shape[3], generator));
        return threat.Place(pasted - inputs, inputs, victim.Input).MoveToOuterDisposeScope();
    }

    /// <summary>Learns one patch for all samples; parameters as for <see cref="Perturb"/>.</summary>
    /// <returns>Shape <c>[1, C, side, side]</c>, inside the range of the inputs.</returns>
    /// <exception cref="ArgumentException">The inputs are no images with bounds, or the patch does not fit into them.</exception>
    public Tensor Learn(IDifferentiable victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation)
    {
        var range = victim.Input.Max - victim.Input.Min;
        if (inputs.dim() != 4 || !double.IsFinite(range))
            throw new ArgumentException($"Expected images [N, C, H, W] with bounds for a patch, got [{string.Join(", ", inputs.shape)}] in [{victim.Input.Min}, {victim.Input.Max}].", nameof(inputs));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = run.Generator();
        var side = Side ?? Math.Max(1, (long)Math.Round(Math.Sqrt(Area * inputs.shape[2] * inputs.shape[3])));
        var patch = victim.Input.Min + (range * rand([1, inputs.shape[1], side, side], dtype: inputs.dtype, generator: generator));
        for (var k = 1; k <= Steps; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var rows = inputs.shape[0] <= AtOnce ? arange(inputs.shape[0], ScalarType.Int64) : randint(0, inputs.shape[0], [AtOnce], dtype: ScalarType.Int64, generator: generator);
            var images = inputs.index_select(0, rows);
            var places = Places(images, side, generator);
            using var grad = enable_grad();
            var p = patch.detach().requires_grad_();
            var loss = Losses.CrossEntropy(victim.Logits(Pasted(p, images, places)), labels.index_select(0, rows), threat.Target?.index_select(0, rows)).mean();
            var gradient = autograd.grad([loss], [p])[0].nan_to_num_(0);
            using var still = no_grad();
            patch.copy_((patch + (StepSize * range * gradient.sign())).clamp(victim.Input.Min, victim.Input.Max));
            run.Progress?.Report(new AttackStep(k, Steps, loss.ToDouble()));
        }
        return patch.MoveToOuterDisposeScope();
    }

    /// <summary>Says what an absent value means, so that reports can be repeated.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Steps = {Steps}, StepSize = {StepSize}, {(Side is null ? $"Area = {Option.Text(Area, "")}" : $"Side = {Side}")}, Row = {Option.Text(Row, "random")}, Column = {Option.Text(Column, "random")}{(Patch is null ? "" : ", learned before")}");
        return true;
    }

    /// <summary>The pixels that the patch covers on each image, as numbers of the flat image; shape <c>[N, side · side]</c>.</summary>
    private Tensor Places(Tensor images, long side, Generator generator)
    {
        using var scope = NewDisposeScope();
        var top = Edge(Row, images.shape[2], "row").unsqueeze(1) + arange(side, ScalarType.Int64);
        var left = Edge(Column, images.shape[3], "column").unsqueeze(1) + arange(side, ScalarType.Int64);
        return ((top.unsqueeze(2) * images.shape[3]) + left.unsqueeze(1)).flatten(1).MoveToOuterDisposeScope();

        Tensor Edge(int? given, long size, string what)
        {
            if (side > size || given > size - side)
                throw new ArgumentException($"Expected a patch inside images of {size} pixels, got one of {side} at {what} {given ?? 0}. Make it smaller.");
            return given is { } at
                ? full([images.shape[0]], at, ScalarType.Int64)
                : randint(0, size - side + 1, [images.shape[0]], dtype: ScalarType.Int64, generator: generator);
        }
    }

    private static Tensor Pasted(Tensor patch, Tensor images, Tensor places)
    {
        using var scope = NewDisposeScope();
        var index = places.unsqueeze(1).expand(-1, images.shape[1], -1);
        return images.flatten(2).scatter(2, index, patch.flatten(2).expand_as(index)).reshape(images.shape).MoveToOuterDisposeScope();
    }
}
