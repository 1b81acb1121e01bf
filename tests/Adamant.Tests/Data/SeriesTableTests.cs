using Adamant.Data;

namespace Adamant.Tests.Data;

public sealed class SeriesTableTests : TensorTest
{
    private static readonly SeriesOptions Engines = new() { Unit = "unit", Time = "cycle" };
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("unit cycle heat  noise\n7 1 1.5 2\n7 2 3 4 \n8 1 5 6\n")]
    [InlineData("unit\tcycle\theat\tnoise\t\r\n7\t1\t1.5\t2\r\n\r\n8\t1\t5\t6\r\n7\t2\t3\t4\r\n")]
    [InlineData("unit,cycle,heat,noise\n7,1,1.5,2\n7,2,3,4\n8,1,5,6\n")]
    public void Parts_rows_by_unit_whatever_stands_between_the_cells(string text)
    {
        var table = Open(text, Engines);

        Assert.Equal(["heat", "noise"], table.Channels);
        Assert.Equal(["7", "8"], table.Units.Select(u => u.Name));
        Assert.Equal([[1.5f, 2], [3, 4]], table.Units[0].Rows);
        Assert.Equal([[5f, 6]], table.Units[1].Rows);
        Assert.Equal(3, table.Rows);
    }

    [Fact]
    public void Names_columns_of_a_file_without_a_header_and_keeps_those_that_are_asked_for()
    {
        var table = Open("1 1 10 20 30\n1 2 11 21 31\n", new SeriesOptions { Columns = ["u", "t", "a", "b", "c"], Unit = "u", Time = "t", Channels = ["c", "a"] });

        Assert.Equal([[30f, 10], [31, 11]], table.Units[0].Rows);
        Assert.Equal(1, table.IndexOf("a"));
    }

    [Fact]
    public void Takes_seconds_since_1970_for_a_time()
    {
        var table = Open("1 1700000000 5\n1 1700000010 6\n1 1700000020 7\n", new SeriesOptions { Columns = ["u", "t", "a"], Unit = "u", Time = "t" });

        Assert.Equal([[5f], [6], [7]], Assert.Single(table.Units).Rows);
    }

    [Fact]
    public void Without_a_unit_the_file_is_one_series()
    {
        Assert.Equal([[1f], [2], [3]], Assert.Single(Open("1\n2\n3\n").Units).Rows);
    }

    [Theory]
    [InlineData("unit cycle heat\n7 1 1\n7 2\n", "row 1 (line 3): expected 3 cells, got 2.")]
    [InlineData("unit cycle heat\n7 1 1\n7 2 NaN\n", "row 1 (line 3), column 'heat': the value is missing.")]
    [InlineData("unit,cycle,heat\n7,1,1\n7,2,\n", "row 1 (line 3), column 'heat': the value is missing.")]
    [InlineData("unit cycle heat\n7 1 1\n7 2 hot\n", "row 1 (line 3), column 'heat': expected a finite number, got 'hot'.")]
    [InlineData("unit cycle heat\n7 1 1\n7 2 inf\n", "row 1 (line 3), column 'heat': expected a finite number, got 'inf'.")]
    [InlineData("unit cycle heat\n7 1 1\n7 2 1\n7 4 1\n", "row 2 (line 4), column 'cycle': expected 3 after 2 in unit '7', got 4. Fill the gap")]
    [InlineData("unit cycle heat\n7 2 1\n7 1 1\n", "row 1 (line 3), column 'cycle'")]
    [InlineData("unit heat\n7 1\n", "expected a column 'cycle'")]
    [InlineData("unit cycle\n7 1\n", "expected at least one channel")]
    [InlineData("", "expected at least one row, got none")]
    [InlineData("\n \n", "expected at least one row, got none")]
    public void Refuses_bad_rows_with_file_row_and_column(string text, string message)
    {
        var e = Assert.Throws<InvalidDataException>(() => Open(text, Engines));

        Assert.StartsWith(folder["s.txt"], e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Refuses_bytes_that_are_no_text()
    {
        File.WriteAllBytes(folder["s.txt"], [(byte)'1', (byte)'\n', 0xff, 0xfe, (byte)'\n']);

        Assert.Contains("expected text in UTF-8", Assert.Throws<InvalidDataException>(() => SeriesTable.Open(folder["s.txt"])).Message, StringComparison.Ordinal);
    }

    private SeriesTable Open(string text, SeriesOptions? options = null)
    {
        File.WriteAllText(folder["s.txt"], text);
        return SeriesTable.Open(folder["s.txt"], options);
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
