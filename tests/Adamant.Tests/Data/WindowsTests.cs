using Adamant.Data;

namespace Adamant.Tests.Data;

public sealed class WindowsTests : TensorTest
{
    private static readonly DatasetCard Targets = new() { Name = "w", Input = new([1]), Rows = 0, Task = LearningTask.Regression };

    // Unit a holds 0, 1, 2, 3, 4 and unit b 10, 11, 12.
    private static readonly SeriesTable Table = new("t", ["x"], [Unit("a", 0, 5), Unit("b", 10, 3)]);

    [Fact]
    public void Cuts_each_unit_into_all_its_windows_and_labels_their_last_rows()
    {
        using var data = new Windows(3).Cut(Table, Targets, (unit, row) => unit.Rows.Count - 1 - row);

        Assert.Equal([0, 1, 2, 1, 2, 3, 2, 3, 4, 10, 11, 12], Inputs(data));
        Assert.Equal([2, 1, 0, 0], data.ReadAll().Labels.data<float>().ToArray());
        Assert.Equal([3, 1], data.Card.Input.Shape);
        Assert.Equal((4, true), (data.Card.Rows, data.Card.IsOrdered));
        Assert.Equal(["x"], data.Card.FeatureNames);
    }

    [Fact]
    public void A_forecast_is_labeled_by_a_later_row_and_never_sees_it()
    {
        using var data = new Windows(2) { Horizon = 1 }.Cut(Table, Targets, (unit, row) => unit.Rows[row][0]);

        Assert.Equal([0, 1, 1, 2, 2, 3, 10, 11], Inputs(data));
        Assert.Equal([2, 3, 4, 12], data.ReadAll().Labels.data<float>().ToArray());
    }

    [Fact]
    public void Strides_and_takes_only_the_last_window_when_asked()
    {
        using var strided = new Windows(2) { Stride = 3 }.Cut(Table, Targets, (_, row) => row);
        using var last = new Windows(2) { LastOnly = true }.Cut(Table, Targets, (_, row) => row);

        Assert.Equal([0, 1, 3, 4, 10, 11], Inputs(strided));
        Assert.Equal([3, 4, 11, 12], Inputs(last));
        Assert.Equal([4, 2], last.ReadAll().Labels.data<float>().ToArray());
    }

    [Fact]
    public void A_unit_that_is_too_short_is_refused_by_name_unless_padding_is_asked_for()
    {
        var e = Assert.Throws<InvalidDataException>(() => new Windows(4).Cut(Table, Targets, (_, row) => row));
        using var padded = new Windows(4) { Pad = true, Horizon = 1 }.Cut(Table, Targets, (_, row) => row);

        Assert.StartsWith("t, unit 'b': expected at least 4 rows for a window of 4 with horizon 0, got 3.", e.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3, 10, 10, 10, 11], Inputs(padded));
        Assert.Equal([4, 2], padded.ReadAll().Labels.data<float>().ToArray());
    }

    [Fact]
    public void Counts_the_windows_that_it_cuts()
    {
        foreach (var windows in new[] { new Windows(2), new Windows(2) { Stride = 2 }, new Windows(1) { Horizon = 2 }, new Windows(2) { LastOnly = true }, new Windows(9) { Pad = true } })
        {
            using var data = windows.Cut(Table, Targets, (_, row) => row);
            Assert.Equal(data.Count, Table.Units.Sum(u => windows.CountIn(u.Rows.Count)));
        }
    }

    [Fact]
    public void Refuses_sizes_that_make_no_sense()
    {
        foreach (var windows in new[] { new Windows(0), new Windows(2) { Stride = 0 }, new Windows(2) { Horizon = -1 } })
            Assert.ThrowsAny<ArgumentException>(() => windows.Cut(Table, Targets, (_, row) => row));
    }

    [Fact]
    public void A_split_of_a_set_in_the_order_of_time_takes_the_end()
    {
        using var data = new Windows(1).Cut(Table, Targets, (_, row) => row);
        var (rest, part) = data.Split(0.25, seed: 3);

        Assert.Equal([0, 1, 2, 3, 4, 10], Inputs(rest).Order());
        Assert.Equal([11, 12], Inputs(part).Order());
        rest.Dispose();
        part.Dispose();
    }

    private static float[] Inputs(IDataset data) => [.. data.ReadAll().Inputs.reshape(-1).data<float>()];

    private static SeriesUnit Unit(string name, int first, int rows) => new(name, [.. Enumerable.Range(first, rows).Select(v => new[] { (float)v })]);
}
