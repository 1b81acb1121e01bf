using Adamant.Data;
using Adamant.Texts;

namespace Adamant.Datasets.Tests;

public sealed class TextSetTests : DatasetTest
{
    public static TheoryData<string, long, long, int> Sets => new()
    {
        { "reviews", 1800, 600, 2 }, { "spam-mail", 480, 120, 2 }, { "tickets", 122, 30, 8 },
        { "rt-polarity", 9594, 1068, 2 }, { "banking77", 10_003, 3080, 77 }, { "sms-spam", 4137, 1034, 2 },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void Loads_what_its_card_promises(string name, long train, long test, int classes)
    {
        var set = new DatasetCatalog().Find(name)!;
        Assert.SkipUnless(set.Availability.IsAvailable, $"{name} is {set.Availability.Reason}. {set.Availability.HowToGet}");
        foreach (var (part, rows) in new[] { (DatasetPart.Train, train), (DatasetPart.Test, test) })
        {
            using var data = set.Load(part);
            Assert.Equal((rows, rows), (set.Card(part).Rows, data.Count));
            Assert.Equal(classes, data.Card.ClassNames.Count);
            Assert.All(PerClass(data), count => Assert.True(count > 0));
            Assert.NotEqual("unknown", data.Card.License);
            Assert.Null(Verification.Of(set, part).Fault);
        }
    }

    [Fact]
    public void The_test_part_is_encoded_as_the_training_part_teaches()
    {
        using var train = (TextDataset)new Tickets().Load(DatasetPart.Train);
        using var test = (TextDataset)new Tickets().Load(DatasetPart.Test);

        Assert.Equal(train.Encoding, test.Encoding);
        Assert.Equal(TextEncoding.Fit(train.Texts), train.Encoding);
        Assert.Empty(train.Texts.Intersect(test.Texts));
    }

    [Fact]
    public void The_catalog_hands_on_how_to_encode()
    {
        using var data = new DatasetCatalog().Open("tickets", new DataFileOptions { Text = new TextOptions { Fit = new TextEncodingOptions { Splitting = Splitting.Bpe, MaxVocabulary = 300 } } });

        Assert.Equal((Splitting.Bpe, 300), (data.Card.Encoding!.Splitting, data.Card.Encoding.Vocabulary.Count));
    }

    [Fact]
    public void The_article_s_ticket_is_a_class()
    {
        using var data = (TextDataset)new Tickets().Load(DatasetPart.Train);

        Assert.Equal("charged-twice", data.Card.ClassNames[(int)data.Read(0, 1).Labels.item<long>()]);
        Assert.Contains("charged twice for the same transaction", data.Texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_folds_of_rt_polarity_are_ten_and_every_snippet_is_in_one()
    {
        var folds = Enumerable.Range(0, 10).Select(fold => new RtPolarity(Environment.GetEnvironmentVariable(DatasetCatalog.FolderVariable)) { Fold = fold }).ToList();
        Assert.Equal(10_662, folds.Sum(f => f.Card(DatasetPart.Test).Rows));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RtPolarity { Fold = 10 });
        Assert.SkipUnless(folds[0].Availability.IsAvailable, folds[0].Availability.HowToGet);

        using var test = folds[9].Load(DatasetPart.Test);
        Assert.Equal([533, 533], PerClass(test));
    }

    [Fact]
    public void A_set_that_is_not_there_says_how_to_get_it()
    {
        var folder = Directory.CreateTempSubdirectory("adamant-test-").FullName;
        foreach (var set in new INamedDataset[] { new RtPolarity(folder), new Banking77(folder), new SmsSpam() })
        {
            Assert.False(set.Availability.IsAvailable);
            Assert.Contains("ADAMANT_DATA_DIR", Assert.Throws<FileNotFoundException>(() => set.Load(DatasetPart.Train)).Message, StringComparison.Ordinal);
        }
        Directory.CreateDirectory(Path.Combine(folder, "sms-spam"));
        File.WriteAllText(Path.Combine(folder, "sms-spam", "SMSSpamCollection.tsv"), "ham\thello\nspam\tWIN\n");
        Assert.Contains("expected 4137 rows, got 2", Assert.Throws<InvalidDataException>(() => new SmsSpam(folder).Load(DatasetPart.Train)).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_novel_begins_with_its_title()
    {
        var text = Persuasion.ReadText();

        Assert.Equal(300_000, text.Length);
        Assert.StartsWith("Persuasion\n", text, StringComparison.Ordinal);
    }
}
