using Adamant.Data;

namespace Adamant.Datasets.Tests;

public sealed class MemoryTests : DatasetTest
{
    [Fact]
    public void Begins_with_the_class_and_never_says_it_again()
    {
        using var data = (TextDataset)new Memory { Length = 30, TrainRows = 50 }.Load(DatasetPart.Train);

        var labels = data.ReadAll().Labels.data<long>().ToArray();

        Assert.Equal(50, data.Count);
        Assert.Equal(25, labels.Count(l => l == 0));
        Assert.All(data.Texts.Zip(labels), row =>
        {
            var words = row.First.Split(' ');
            Assert.Equal(30, words.Length);
            Assert.Equal(data.Card.ClassNames[(int)row.Second], words[0]);
            Assert.DoesNotContain(words.Skip(1), w => w is "left" or "right");
        });
    }

    [Fact]
    public void Knows_all_its_words_and_needs_no_padding()
    {
        using var data = new Memory { Length = 40, TrainRows = 20 }.Load(DatasetPart.Train);

        using var batch = data.ReadAll();

        Assert.Equal([20, 40], batch.Inputs.shape);
        Assert.True(batch.Inputs.min().item<long>() > 1);
        Assert.Equal(11, batch.Inputs.max().item<long>());
    }

    [Fact]
    public void Is_the_same_after_the_same_seed_and_longer_sequences_begin_with_shorter_ones()
    {
        string[] Texts(Memory set, DatasetPart part)
        {
            using var data = (TextDataset)set.Load(part);
            return [.. data.Texts];
        }

        var (shorter, longer) = (Texts(new Memory { Length = 10, TrainRows = 8 }, DatasetPart.Train), Texts(new Memory { Length = 20, TrainRows = 8 }, DatasetPart.Train));

        Assert.Equal(shorter, Texts(new Memory { Length = 10, TrainRows = 8 }, DatasetPart.Train));
        Assert.All(shorter.Zip(longer), pair => Assert.StartsWith(pair.First, pair.Second));
        Assert.NotEqual(shorter, Texts(new Memory { Length = 10, TrainRows = 8, Seed = 1 }, DatasetPart.Train));
        Assert.NotEqual(shorter, Texts(new Memory { Length = 10, TestRows = 8 }, DatasetPart.Test));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_001)]
    public void Refuses_a_length_that_is_no_memory_task(int length) =>
        Assert.Contains("2 to 10,000 words", Assert.Throws<ArgumentException>(() => new Memory { Length = length }.Load(DatasetPart.Train)).Message);
}
