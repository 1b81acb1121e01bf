using Adamant.Data;

namespace Adamant.Datasets.Tests;

public sealed class PairSetTests : DatasetTest
{
    [Fact]
    public void A_date_of_the_test_is_in_no_writing_in_the_training_part()
    {
        using var train = new Dates { TrainRows = 2000 }.Load(DatasetPart.Train);
        using var test = new Dates { TestRows = 200 }.Load(DatasetPart.Test);

        Assert.Empty(train.Pairs.Select(p => p.Target).Intersect(test.Pairs.Select(p => p.Target)));
        Assert.All(test.Pairs, p => Assert.Matches(@"^(19|20)\d\d-[01]\d-[0-3]\d$", p.Target));
        Assert.All(train.Pairs.Concat(test.Pairs), p => Assert.Equal(DateTime.Parse(p.Target), Read(p.Source)));

        static DateTime Read(string source)
        {
            var plain = System.Text.RegularExpressions.Regex.Replace(source, @"(?<=\d)(st|nd|rd|th)( of)?|,", "");
            string[] formats = ["d MMMM yyyy", "MMMM d yyyy", "d MMM yyyy", "dd.MM.yyyy", "yyyy/M/d"];
            return DateTime.ParseExact(plain, formats, null, System.Globalization.DateTimeStyles.None);
        }
    }

    [Fact]
    public void A_word_comes_back_from_its_end()
    {
        using var words = new Reversal { TrainRows = 500 }.Load(DatasetPart.Train);

        Assert.All(words.Pairs, p => Assert.Equal(p.Source, new string([.. p.Target.Reverse()])));
        Assert.All(words.Pairs, p => Assert.InRange(p.Source.Length, 3, 12));
    }

    [Fact]
    public void The_same_seed_gives_the_same_pairs_and_the_labels_are_the_target_and_its_end()
    {
        using var first = new Dates { TestRows = 5 }.Load(DatasetPart.Test);
        using var again = new Dates { TestRows = 5 }.Load(DatasetPart.Test);
        using var other = new Dates { TestRows = 5, Seed = 1 }.Load(DatasetPart.Test);

        Assert.Equal(first.Pairs, again.Pairs);
        Assert.NotEqual(first.Pairs, other.Pairs);
        using var all = first.ReadAll();
        Assert.Equal([5, 33], all.Inputs.shape);
        Assert.Equal(first.Pairs[0].Target, first.Encoding.Decode(all.Labels[0].data<long>().ToArray()[..10].Select(t => (int)t)));
        Assert.Equal(3, all.Labels[0, 10].item<long>());
    }

    [Fact]
    public void The_novel_comes_in_windows_of_characters()
    {
        using var train = new Persuasion().Load(DatasetPart.Train);
        using var test = new Persuasion { Length = 64 }.Load(DatasetPart.Test);

        Assert.Equal((new Persuasion().Card(DatasetPart.Train).Rows, 77), (train.Count, train.Card.Encoding!.Vocabulary.Count));
        Assert.Equal((30_000 - 1) / 64, test.Count);
        using var first = train.Read(0, 1);
        Assert.StartsWith(train.Card.Encoding.Decode(first.Inputs[0].data<long>().ToArray().Select(t => (int)t)), Persuasion.ReadText(), StringComparison.Ordinal);
    }
}
