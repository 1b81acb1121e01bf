using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>Traffic signs in color, 32 × 32, drawn by a program: ten classes from stop to danger.</summary>
/// <remarks>
/// Position, size, rotation, viewing angle, background, light, shadow, blur and noise vary (docs/guide/data.md has the ranges). Picture n depends on nothing but the
/// seed, the part and n: a larger set begins with the smaller one. Drawn signs are easier than photographs: accuracy here says nothing about a real camera.
/// </remarks>
public sealed class Signs : INamedDataset
{
    /// <summary>The pictures to learn from, in 1..600,000.</summary>
    public int TrainRows { get; init; } = 4000;

    /// <summary>The pictures of the test, in 1..600,000.</summary>
    public int TestRows { get; init; } = 1000;

    /// <summary>The same seed gives the same pictures.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public string Name => "signs";

    /// <inheritdoc/>
    public Availability Availability => Availability.Generated;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = $"Traffic signs in color, 32 x 32, drawn by a program with seed {Seed}.",
        Input = InputSpec.Image(3, SignScene.Size, SignScene.Size),
        Rows = part == DatasetPart.Train ? TrainRows : TestRows,
        ClassNames = SignFace.Names,
        License = "MIT",
        Source = "Adamant",
    };

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The number of rows is not in 1..600,000.</exception>
    public IDataset Load(DatasetPart part)
    {
        const int Planes = 3 * SignScene.Size * SignScene.Size, Most = 600_000;
        var card = Card(part);
        if (card.Rows is < 1 or > Most) throw new ArgumentOutOfRangeException(part == DatasetPart.Train ? nameof(TrainRows) : nameof(TestRows), card.Rows, $"Expected 1 to {Most} pictures.");
        using var scope = NewDisposeScope();
        var (pixels, labels) = (new byte[card.Rows * Planes], new long[card.Rows]);
        Parallel.For(0, (int)card.Rows, row =>
        {
            var random = SplitMix.Of(Seed, (2L * row) + (part == DatasetPart.Test ? 1 : 0));
            labels[row] = row % SignFace.Names.Length;          // as many of each; Trainer shuffles
            SignScene.Draw((int)labels[row], random, pixels.AsSpan(row * Planes, Planes));
        });
        return new TensorDataset(card, tensor(pixels, [card.Rows, 3, SignScene.Size, SignScene.Size], ScalarType.Byte), tensor(labels));
    }
}
