using Adamant.Data;
using Adamant.Texts;
using Adamant.Training;

namespace Adamant.Tests.Training;

public sealed class EpochOrderTests : TensorTest
{
    [Fact]
    public void Every_text_is_read_once_and_batches_hold_texts_of_similar_length()
    {
        using var data = Texts(103);
        var order = Order(data, 10, seed: 3);

        Assert.Equal(Enumerable.Range(0, 103).Select(i => (long)i), order.Order());
        var (sorted, shuffled) = (Padding(data, order), Padding(data, [.. Enumerable.Range(0, 103).Select(i => (long)i)]));
        Assert.True(sorted * 4 < shuffled, $"{sorted} of {shuffled} tokens of padding");
    }

    [Fact]
    public void The_same_seed_gives_the_same_order_and_another_seed_another()
    {
        using var data = Texts(50);

        Assert.Equal(Order(data, 8, seed: 1), Order(data, 8, seed: 1));
        Assert.NotEqual(Order(data, 8, seed: 1), Order(data, 8, seed: 2));
    }

    [Fact]
    public void Other_data_are_read_in_the_order_of_the_shuffling()
    {
        using var data = new TensorDataset(new DatasetCard { Name = "x", Input = new([1]), Rows = 20, ClassNames = ["a", "b"] }, zeros(20, 1), zeros(20, ScalarType.Int64));
        using var generator = new Generator(7, CPU);

        Assert.Equal(randperm(20, ScalarType.Int64, generator: generator).data<long>().ToArray(), Order(data, 4, seed: 7));
    }

    private static TextDataset Texts(int count)
    {
        string[] texts = [.. Enumerable.Range(0, count).Select(i => string.Concat(Enumerable.Repeat("word ", 1 + (i * 37 % 40))))];
        var encoding = TextEncoding.Fit(texts);
        return new TextDataset(new DatasetCard { Name = "t", Input = encoding.Input, Rows = count, ClassNames = ["a"], Encoding = encoding }, texts, zeros(count, ScalarType.Int64));
    }

    private static long[] Order(IDataset data, int batchSize, ulong seed)
    {
        using var generator = new Generator(seed, CPU);
        return EpochOrder.Of(data, batchSize, generator).data<long>().ToArray();
    }

    private static int Padding(TextDataset data, long[] order) =>
        order.Chunk(10).Sum(batch => batch.Sum(row => batch.Max(r => data.Lengths[(int)r]) - data.Lengths[(int)row]));
}
