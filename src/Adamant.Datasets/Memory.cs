using Adamant.Data;
using Adamant.Texts;

namespace Adamant.Datasets;

/// <summary>The memory task: the first word, <c>left</c> or <c>right</c>, is the class; a stream of words without meaning follows.</summary>
/// <remarks>
/// Each of the words that follow is drawn from eight, uniformly and independently, so that nothing but the first one helps, and a model that cannot carry it to
/// the end is right half of the time. The two words of the class never come later. Row n depends on nothing but the seed, the part and n: a longer sequence
/// begins with the shorter one. The idea of one early sign and a long distraction: Bengio, Simard, Frasconi, IEEE Transactions on Neural Networks 5, 1994, §2;
/// Hochreiter, Schmidhuber, Neural Computation 9, 1997, §5.2.
/// </remarks>
public sealed class Memory : INamedDataset
{
    private static readonly string[] Classes = ["left", "right"];
    private static readonly string[] Distractors = ["ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "oak"];

    /// <summary>The words of a sequence, in 2..10,000; 100 by default. The class must be remembered over one less.</summary>
    public int Length { get; init; } = 100;

    /// <summary>The sequences to learn from, in 1..100,000.</summary>
    public int TrainRows { get; init; } = 4000;

    /// <summary>The sequences of the test, in 1..100,000.</summary>
    public int TestRows { get; init; } = 1000;

    /// <summary>The same seed gives the same sequences.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public Availability Availability => Availability.Generated;

    private TextEncoding Encoding => new()
    {
        Splitting = Splitting.Words,
        Vocabulary = ["<pad>", "<unk>", .. Classes, .. Distractors],
        MaxLength = Length,
    };

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = $"The first of {Length} words decides the class; the others distract; generated with seed {Seed}.",
        Input = Encoding.Input,
        Encoding = Encoding,
        Rows = part == DatasetPart.Train ? TrainRows : TestRows,
        ClassNames = Classes,
        License = "MIT",
        Source = "Adamant",
    };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The length or a number of rows is out of its range.</exception>
    public IDataset Load(DatasetPart part)
    {
        var card = Card(part);
        if (Length is < 2 or > 10_000) throw new ArgumentException($"Expected a Length of 2 to 10,000 words, got {Length}.");
        if (card.Rows is < 1 or > 100_000) throw new ArgumentException($"Expected 1 to 100,000 sequences, got {card.Rows}.");
        using var scope = NewDisposeScope();
        var labels = arange(card.Rows, ScalarType.Int64).remainder(Classes.Length);
        return new TextDataset(card, [.. Enumerable.Range(0, (int)card.Rows).Select(row => Text(part, row))], labels);
    }

    private string Text(DatasetPart part, int row)
    {
        var random = SplitMix.Of(Seed, (2L * row) + (part == DatasetPart.Test ? 1 : 0));
        var others = Enumerable.Range(1, Length - 1).Select(_ => Distractors[random.Below(Distractors.Length)]);
        return string.Join(' ', others.Prepend(Classes[row % Classes.Length]));
    }
}
