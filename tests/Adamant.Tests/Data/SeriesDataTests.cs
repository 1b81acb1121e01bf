using Adamant.Data;

namespace Adamant.Tests.Data;

public sealed class SeriesDataTests : TensorTest
{
    private static readonly SeriesOptions Options = new() { Unit = "u" };
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Without_a_horizon_the_label_is_of_the_last_row_and_no_input()
    {
        using var data = Open("u,x,left\na,1,9\na,2,8\na,3,7\n", new Windows(2), "left");

        Assert.Equal([1, 2, 2, 3], data.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal([8, 7], data.ReadAll().Labels.data<float>().ToArray());
        Assert.Equal(["x"], data.Card.FeatureNames);
    }

    [Fact]
    public void With_a_horizon_the_label_is_a_channel_like_the_others()
    {
        using var data = Open("u,x,y\na,1,9\na,2,8\na,3,7\n", new Windows(2) { Horizon = 1 }, "x");

        Assert.Equal([1, 9, 2, 8], data.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal([3], data.ReadAll().Labels.data<float>().ToArray());
    }

    [Fact]
    public void Class_numbers_become_classes_and_real_numbers_are_refused()
    {
        using var data = Open("u,x,state\na,1,0\na,2,2\n", new Windows(1), null, LearningTask.Classification);

        Assert.Equal(["0", "1", "2"], data.Card.ClassNames);
        Assert.Equal([0, 2], data.ReadAll().Labels.data<long>().ToArray());
        Assert.Contains("unit 'a', row 0, column 'x': expected a class number from 0, got 1.5",
            Assert.Throws<InvalidDataException>(() => Open("u,x\na,1.5\n", new Windows(1) { Horizon = 1 }, "x", LearningTask.Classification)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_label_that_leaves_no_input()
    {
        Assert.Contains("expected a channel besides the label 'x'", Assert.Throws<InvalidDataException>(() => Open("u,x\na,1\n", new Windows(1), "x")).Message, StringComparison.Ordinal);
    }

    private TensorDataset Open(string text, Windows windows, string? label, LearningTask task = LearningTask.Regression)
    {
        File.WriteAllText(folder["s.csv"], text);
        return SeriesData.Open(folder["s.csv"], windows, Options, label, task);
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
