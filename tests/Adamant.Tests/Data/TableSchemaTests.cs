using System.Text;
using Adamant.Attacks.Constraints;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Tests.Data;

public sealed class TableSchemaTests : TensorTest
{
    private const string File = """
        {
          "about": "a thief",                                   // comments are allowed
          "columns": {
            "amount": { "min": 0, "max": 1000, "change": 100, "direction": "down" },
            "items": { "integer": true, "min": 1 },
            "rate": { "values": [0.1, 0.5], "change": 0.4 },
            "home": { "categories": ["own", "rent", "none"], "to": ["rent"] },
          },
          "relations": [ { "sum": { "items": 1, "amount": -1 }, "atMost": 0 }, { "proportional": ["amount", "items"] } ]
        }
        """;

    [Fact]
    public void A_row_passes_or_is_told_by_line_column_and_reason()
    {
        var table = Rows(["100,2,0.5,own", "1001,2,0.5,own", "100,2.5,0.5,own", "100,2,0.3,own", "100,2,0.5,rents", "1,2,0.5,own", "x,2,0.5,own", ",2,0.5,own"]);

        Assert.Equal(
            [
                "row 1 (line 3), column 'amount': expected 0 to 1000, got 1001",
                "row 2 (line 4), column 'items': expected a whole number, got 2.5",
                "row 3 (line 5), column 'rate': expected one of 0.1, 0.5, got 0.3",
                "row 4 (line 6), column 'home': expected one of own, rent, none, got 'rents'",
                "row 5 (line 7), items + (-1)·amount ≤ 0: the sum is 1",
                "row 6 (line 8), column 'amount': expected a finite number, got 'x'",
            ],
            Read(File).Check(table).Select(v => $"{v}"));
    }

    [Theory]
    [InlineData("""{ "columns": {} }""", "1 to 100000 columns, got 0")]
    [InlineData("""{ "columns": { "a": { "chnge": 1 } } }""", "got chnge at $.columns.a")]
    [InlineData("""{ "columns": { "a": { "change": "far" } } }""", "at $.columns.a.change")]
    [InlineData("""{ "columns": { "a": { "change": 0 } } }""", "column 'a': expected a change above 0")]
    [InlineData("""{ "columns": { "a": { "min": 0, "max": 24, "change": 60 } } }""", "at most 24, the width of the range, got 60; is it in another unit?")]
    [InlineData("""{ "columns": { "a": { "direction": "sideways" } } }""", "got 'sideways'")]
    [InlineData("""{ "columns": { "a": { "min": 2, "max": 1 } } }""", "min ≤ max")]
    [InlineData("""{ "columns": { "a": { "categories": ["x"], "to": ["y"] } } }""", "got 'y'")]
    [InlineData("""{ "columns": { "a": {} }, "relations": [ { "sum": { "a": 1 } } ] }""", "one of equal, atMost and stays")]
    [InlineData("""{ "columns": { "a": {} """, "(line 1)")]
    public void A_file_that_contradicts_itself_is_refused_with_the_place(string json, string words) =>
        Assert.Contains(words, Assert.Throws<InvalidDataException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_without_end_is_refused_before_it_is_read()
    {
        var e = Assert.Throws<InvalidDataException>(() => Read(new string(' ', (1 << 20) + 1)));

        Assert.Contains("at most 1048576 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constraints_are_mapped_to_the_features_of_the_table()
    {
        var rules = TableConstraints.Of(Read(File), Card(["amount", "items", "rate", "home=none", "home=own", "home=rent"]) with { Units = [new(0, 2000), .. Enumerable.Repeat(FeatureUnit.Same, 5)] });

        Assert.Equal((100.0, MoveDirection.Down, 2000.0), (rules.Features[0].MaxChange, rules.Features[0].Direction, rules.Features[0].Unit.High));
        Assert.Equal([0, double.PositiveInfinity], new[] { rules.Features[1].MaxChange, rules.Features[5].MaxChange });
        Assert.Equal(MoveDirection.Down, rules.Features[3].Direction);                       // a category that cannot be reached can only go
        Assert.Equal([[3, 4, 5]], rules.Groups);
        Assert.Equal([RelationKind.AtMost, RelationKind.Proportional], rules.Relations.Select(r => r.Kind));
    }

    [Fact]
    public void A_column_that_may_be_missing_is_fixed_where_it_is()
    {
        var rules = TableConstraints.Of(Read("""{ "columns": { "amount": { "change": 1 } } }"""), Card(["amount", "amount is missing"]));

        Assert.Equal((1, 0.0), (rules.Features[0].FixedBy, rules.Features[1].MaxChange));
    }

    [Theory]
    [InlineData("""{ "columns": { "amont": { "change": 1 } } }""", "has no column 'amont'. Its columns are amount, home")]
    [InlineData("""{ "columns": { "home": { "to": ["rented"] } } }""", "no category 'rented'. Its categories are own, rent")]
    [InlineData("""{ "columns": { "home": { "change": 1 } } }""", "holds categories (own, rent): say by 'to'")]
    [InlineData("""{ "columns": { "amount": { "to": ["own"] } } }""", "holds numbers: say by 'change'")]
    [InlineData("""{ "columns": { "amount": { "change": 5000 } } }""", "goes from 0 to 2000, so a change of 5000 is in another unit")]
    [InlineData("""{ "columns": { "amount": { "min": 3000 } } }""", "so nothing is between 3000 and 2000")]
    [InlineData("""{ "columns": { "amount": {} }, "relations": [ { "sum": { "home": 1 }, "atMost": 0 } ] }""", "got 'home'")]
    public void Constraints_for_other_columns_and_in_other_units_are_refused_with_what_is_known(string json, string words)
    {
        var card = Card(["amount", "home=own", "home=rent"]) with { Input = new InputSpec([3], 0, 1), Units = [new(0, 2000), FeatureUnit.Same, FeatureUnit.Same] };

        Assert.Contains(words, Assert.Throws<InvalidDataException>(() => TableConstraints.Of(Read(json), card)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encoded_samples_become_the_rows_that_they_were()
    {
        var table = Rows(["12.5,2,0.1,own", ",3,0.5,rent", "100,1,0.5,none"]);
        var encoding = TableEncoding.Fit(table, new CsvOptions { Label = "home", Missing = MissingValues.Impute });
        using var data = encoding.Encode(table);
        using var all = data.ReadAll();

        Assert.Equal(table.Rows.Select(r => string.Join(",", r)), TableRows.Of(all, data.Card).Rows.Select(r => string.Join(",", r)));
    }

    [Fact]
    public void A_sample_that_is_of_no_one_category_is_written_so_that_a_schema_refuses_it()
    {
        using var batch = new Batch(tensor(new[] { 100, 2, 0.5f, 0, 0.4f, 0.6f }).reshape(1, 6), tensor(new[] { 0L }));

        var table = TableRows.Of(batch, Card(["amount", "items", "rate", "home=none", "home=own", "home=rent"]));

        Assert.Equal("0.40 own + 0.60 rent", table.Rows[0][3]);
        Assert.Single(Read(File).Check(table));
    }

    private static TableSchema Read(string json) => TableSchema.Read("x.json", new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static DatasetCard Card(string[] features) => new() { Name = "t", Input = InputSpec.Features(features.Length), Rows = 1, FeatureNames = features, ClassNames = ["no", "yes"] };

    private static Table Rows(string[] lines) => new("t.csv", ["amount", "items", "rate", "home"], [.. lines.Select(l => l.Split(','))], [.. Enumerable.Range(2, lines.Length)]);
}
