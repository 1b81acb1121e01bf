using System.IO.Compression;
using System.Text;
using Adamant.Data;

namespace Adamant.Tests.Data;

public sealed class CsvTests : TensorTest
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Encodes_numbers_as_they_are_and_categories_in_ordinal_order()
    {
        using var data = Open("age,home,status\n30,rent,good\n40,own,bad\n50,rent,good\n");

        Assert.Equal(["age", "home=own", "home=rent"], data.Card.FeatureNames);
        Assert.Equal(["bad", "good"], data.Card.ClassNames);
        Assert.Equal([30, 0, 1, 40, 1, 0, 50, 0, 1], data.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal([1, 0, 1], data.ReadAll().Labels.data<long>().ToArray());
    }

    [Theory]
    [InlineData("1,2,0\n3,4,1\n")]
    [InlineData("a;b;y\n1;2;0\n3;4;1\n")]
    [InlineData("a\tb\ty\r\n1\t2\t0\r\n3\t4\t1\r\n")]
    [InlineData("\uFEFFa,b,y\n\n \"1\", 2 ,0\n3,4,1")]
    public void Tells_delimiters_headers_and_quotation_by_itself(string text)
    {
        using var data = Open(text);

        Assert.Equal([1, 2, 3, 4], data.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal([0, 1], data.ReadAll().Labels.data<long>().ToArray());
    }

    [Fact]
    public void Chooses_label_ignored_columns_and_skipped_rows_by_options()
    {
        using var data = Open("a title,,\nid,y,x\n1,b,5\n2,a,6\n", new CsvOptions { Skip = 1, Header = true, Label = "y", Ignore = ["id"], Classes = ["b", "a"] });

        Assert.Equal([5, 6], data.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal([0, 1], data.ReadAll().Labels.data<long>().ToArray());
    }

    [Fact]
    public void Orders_classes_that_are_numbers_by_value_and_reads_targets()
    {
        using var classes = Open("x,y\n1,10\n2,9\n3,2\n");
        using var targets = Open("x,y\n1,10.5\n2,9\n", new CsvOptions { Task = LearningTask.Regression });

        Assert.Equal(["2", "9", "10"], classes.Card.ClassNames);
        Assert.Equal([10.5f, 9], targets.ReadAll().Labels.data<float>().ToArray());
    }

    [Fact]
    public void Missing_values_are_refused_with_row_line_and_column()
    {
        foreach (var missing in new[] { "NA", "", "NaN" })
            Assert.StartsWith($"{folder["t.csv"]}, row 1 (line 3), column 'age': the value is missing.", Refusal($"age,y\n1,a\n{missing},b\n3,a\n"), StringComparison.Ordinal);
        Assert.Contains("column 'y': the label is missing", Refusal("x,y\n1,a\n2,NA\n", new CsvOptions { Missing = MissingValues.Impute }), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_values_are_imputed_by_median_and_a_value_of_their_own_on_demand()
    {
        using var data = Open("age,home,y\n1,rent,a\nNA,,b\n3,own,a\n", new CsvOptions { Missing = MissingValues.Impute });

        Assert.Equal(["age", "age is missing", "home=missing", "home=own", "home=rent"], data.Card.FeatureNames);
        Assert.Equal([1, 0, 0, 0, 1, 2, 1, 1, 0, 0, 3, 0, 0, 1, 0], data.ReadAll().Inputs.data<float>().ToArray());
    }

    [Fact]
    public void Another_file_is_encoded_as_the_first_one_was()
    {
        var train = Csv.ReadTable(Write("home,x,y\nrent,1,no\nown,2,yes\n"));
        var encoding = TableEncoding.Fit(train);

        using var test = Open("home,x,y\nown,7,yes\n", new CsvOptions { Encoding = encoding });

        Assert.Equal([1, 0, 7], test.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal(1, test.ReadAll().Labels.item<long>());
        Assert.Contains("row 0 (line 2), column 'home': 'boat' is none of the known values own, rent", Refusal("home,x,y\nboat,7,yes\n", new CsvOptions { Encoding = encoding }), StringComparison.Ordinal);
        Assert.Contains("expected a column 'home'", Refusal("house,x,y\nown,7,yes\n", new CsvOptions { Encoding = encoding }), StringComparison.Ordinal);
    }

    [Fact]
    public void Slips_ragged_rows_and_labels_out_of_range_are_refused_with_their_place()
    {
        Assert.EndsWith("t.csv, row 2 (line 4), column 'x': expected a finite number, got '3o'.", Refusal("x,y\n1,a\n2,b\n3o,a\n"), StringComparison.Ordinal);
        Assert.EndsWith("t.csv, row 1 (line 3), column 'x': expected a finite number, got 'inf'.", Refusal("x,y\n1,a\ninf,b\n2,a\n"), StringComparison.Ordinal);
        Assert.EndsWith("t.csv: row 1 (line 3): expected 2 cells, got 3.", Refusal("x,y\n1,a\n2,b,c\n"), StringComparison.Ordinal);
        Assert.Contains("row 1 (line 3), column 'y': label '2' is none of the classes good, bad, nor a number in 0..1", Refusal("x,y\n1,1\n2,2\n", new CsvOptions { Classes = ["good", "bad"] }), StringComparison.Ordinal);
        Assert.Contains("column 'y': expected a finite number, got 'b'", Refusal("x,y\n1,1\n2,b\n", new CsvOptions { Task = LearningTask.Regression }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_table_is_refused()
    {
        Assert.Contains("at least one row", Refusal(""), StringComparison.Ordinal);
        Assert.Contains("at least one row", Refusal("x,y\n"), StringComparison.Ordinal);
        Assert.Contains("at least 2 columns", Refusal("x\n1\n2\n"), StringComparison.Ordinal);
        Assert.Contains("'x' twice", Refusal("x,x\n1,2\n"), StringComparison.Ordinal);
        Assert.Contains("has no name", Refusal("x,\n1,2\n", new CsvOptions { Header = true }), StringComparison.Ordinal);
        Assert.Contains("quotation mark", Refusal("x,y\n1,\"a\n2,b\n"), StringComparison.Ordinal);
        Assert.Contains("expected a column 'z', got x, y", Refusal("x,y\n1,a\n", new CsvOptions { Label = "z" }), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Csv.Open(folder["nothing.csv"]));
    }

    [Fact]
    public void A_gzip_bomb_is_refused_without_unpacking_it_all()
    {
        using (var file = File.Create(folder["bomb.csv.gz"]))
        using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            zeros.AsSpan().Fill((byte)'1');
            for (var i = 0; i < 40; i++) packed.Write(zeros);
        }

        Assert.Throws<InvalidDataException>(() => Csv.Open(folder["bomb.csv.gz"]));
    }

    private TensorDataset Open(string text, CsvOptions? options = null) => Csv.Open(Write(text), options);

    private string Refusal(string text, CsvOptions? options = null) => Assert.Throws<InvalidDataException>(() => Open(text, options)).Message;

    private string Write(string text)
    {
        File.WriteAllText(folder["t.csv"], text, new UTF8Encoding(false));
        return folder["t.csv"];
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
