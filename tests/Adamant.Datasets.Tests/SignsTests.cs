using Adamant.Data;

namespace Adamant.Datasets.Tests;

public sealed class SignsTests : DatasetTest
{
    [Fact]
    public void Draws_as_many_of_each_class()
    {
        using var data = new Signs { TrainRows = 40 }.Load(DatasetPart.Train);

        Assert.All(PerClass(data), count => Assert.Equal(4, count));
    }

    [Fact]
    public void The_same_seed_draws_the_same_pictures_and_another_seed_others()
    {
        using var first = new Signs { TrainRows = 20, Seed = 1 }.Load(DatasetPart.Train);
        using var again = new Signs { TrainRows = 20, Seed = 1 }.Load(DatasetPart.Train);
        using var other = new Signs { TrainRows = 20, Seed = 2 }.Load(DatasetPart.Train);

        Assert.True(first.ReadAll().Inputs.equal(again.ReadAll().Inputs).all().item<bool>());
        Assert.False(first.ReadAll().Inputs.equal(other.ReadAll().Inputs).all().item<bool>());
    }

    [Fact]
    public void A_larger_set_begins_with_the_smaller_one()
    {
        using var small = new Signs { TrainRows = 10 }.Load(DatasetPart.Train);
        using var large = new Signs { TrainRows = 30 }.Load(DatasetPart.Train);

        Assert.Equal(Values(small.ReadAll().Inputs), Values(large.Read(0, 10).Inputs));
    }

    [Fact]
    public void Shares_no_picture_between_training_and_test()
    {
        var signs = new Signs { TrainRows = 50, TestRows = 50 };
        using var train = signs.Load(DatasetPart.Train);
        using var test = signs.Load(DatasetPart.Test);

        var distance = cdist(train.ReadAll().Inputs.flatten(1), test.ReadAll().Inputs.flatten(1));

        Assert.True(distance.min().item<float>() > 1);
    }

    [Fact]
    public void Refuses_a_number_of_pictures_that_is_none() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Signs { TestRows = 0 }.Load(DatasetPart.Test));

    /// <summary>For the eye: set ADAMANT_CONTACT_SHEET to a file .ppm.</summary>
    [Fact]
    public void Draws_a_contact_sheet_for_the_eye()
    {
        var path = Environment.GetEnvironmentVariable("ADAMANT_CONTACT_SHEET");
        Assert.SkipWhen(string.IsNullOrEmpty(path), "ADAMANT_CONTACT_SHEET names no file.");
        const int Rows = 8, Columns = 10, Size = 32;
        using var data = new Signs { TrainRows = Rows * Columns }.Load(DatasetPart.Train);

        var sheet = data.ReadAll().Inputs.mul(255).to_type(ScalarType.Byte).reshape(Rows, Columns, 3, Size, Size).permute(0, 3, 1, 4, 2).contiguous();

        using var file = File.Create(path!);
        file.Write(System.Text.Encoding.ASCII.GetBytes($"P6 {Columns * Size} {Rows * Size} 255\n"));
        file.Write(sheet.bytes);
    }
}
