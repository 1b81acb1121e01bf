using Adamant.Data;
using Adamant.Texts;

namespace Adamant.Tests.Data;

public sealed class TextFileTests : TensorTest
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Reads_JSON_lines_by_the_names_of_their_fields()
    {
        Write("a.jsonl", "{\"text\":\"good \\u00e9\",\"label\":\"yes\",\"id\":1}\n\n{\"label\":\"no\",\"text\":\"bad\"}\n");
        Expect(Open("a.jsonl"), ["no", "yes"], [("good é", 1), ("bad", 0)]);

        Write("b.jsonl", "{\"body\":\"good\",\"stars\":5}\n{\"body\":\"bad\",\"stars\":1}\n");
        Expect(Open("b.jsonl", new TextOptions { Column = "body", Label = "stars" }), ["1", "5"], [("good", 1), ("bad", 0)]);
    }

    [Fact]
    public void Reads_quoted_tables_with_and_without_a_header()
    {
        Write("a.csv", "id,text,label\n1,\"good, \"\"very\"\"\nindeed\",yes\n2,bad,no\n");
        Expect(Open("a.csv"), ["no", "yes"], [("good, \"very\"\nindeed", 1), ("bad", 0)]);

        Write("b.csv", "a fine thing,yes\nnot at all,no\n");
        Expect(Open("b.csv"), ["no", "yes"], [("a fine thing", 1), ("not at all", 0)]);

        Write("c.csv", "text,category\nfine,yes\nbad,no\n");
        Expect(Open("c.csv"), ["no", "yes"], [("fine", 1), ("bad", 0)]);
    }

    [Fact]
    public void Reads_lines_of_label_tab_text_as_they_are()
    {
        Write("a.tsv", "ham\tsay \"hi\", ok\r\nspam\tWIN \"now\r\n");
        Expect(Open("a.tsv"), ["ham", "spam"], [("say \"hi\", ok", 0), ("WIN \"now", 1)]);
    }

    [Fact]
    public void Reads_a_folder_for_each_class_and_a_file_for_each_class()
    {
        Directory.CreateDirectory(folder["t/no"]);
        Directory.CreateDirectory(folder["t/yes"]);
        Write("t/no/1.txt", "bad\nthing");
        Write("t/yes/1.txt", "good thing");
        using var tree = (TextDataset)DataFile.Open(folder["t"]);
        Assert.Equal(["bad\nthing", "good thing"], tree.Texts.Order());
        Assert.Equal(["no", "yes"], tree.Card.ClassNames);

        Write("p.neg", "bad\nawful\n");
        Write("p.pos", "good\n");
        Expect((TextDataset)DataFile.Open(folder["p.neg"]), ["neg", "pos"], [("bad", 0), ("good", 1), ("awful", 0)]);
    }

    [Fact]
    public void A_model_brings_its_classes_and_its_encoding()
    {
        Write("a.tsv", "1\tthe cat\n0\tthe dog\n");
        var encoding = TextEncoding.Fit(["the cat"], new TextEncodingOptions { MinCount = 1 });

        using var data = (TextDataset)DataFile.Open(folder["a.tsv"], new DataFileOptions { Text = new TextOptions { Encoding = encoding }, ClassNames = ["no", "yes"] });

        Assert.Equal([1, 0], data.ReadAll().Labels.data<long>().ToArray());
        Assert.Equal(encoding, data.Card.Encoding);
        Assert.Equal([3, 2, 3, 1], data.ReadAll().Inputs.data<long>().ToArray());
    }

    [Theory]
    [InlineData("a.tsv", "yes\tgood thing\nno\t \n", "row 1 (line 2), column 'text': expected a text with at least one word")]
    [InlineData("a.tsv", "yes\tgood\n\tbad\n", "row 1 (line 2), column 'label': the label is missing")]
    [InlineData("a.tsv", "yes\tgood\nno\n", "line 2: expected 2 cells with tabs between, got 1")]
    [InlineData("a.tsv", "yes\tgood\n", "expected 2 to 10000 different labels, got 1")]
    [InlineData("a.tsv", "a\tb\tc\n", "Name the column of the texts (--text-column)")]
    [InlineData("a.jsonl", "{\"text\":\"good\"}\n", "line 1: expected an object with the field 'label'")]
    [InlineData("a.jsonl", "{\"text\":\"good\",\"label\":[]}\n", "line 1, field 'label': expected a text or a number, got Array")]
    [InlineData("a.jsonl", "{\"text\":\"\\ud800\",\"label\":\"a\"}\n", "line 1, field 'text': expected text, got half of a character")]
    [InlineData("a.jsonl", "good\n", "line 1: expected one JSON object")]
    [InlineData("a.jsonl", "\n", "expected at least one row, got none")]
    [InlineData("a.csv", "text,id\ngood,1\nbad,2\nworse,\"3\n", "a.csv")]
    public void Refuses_what_is_no_labeled_text_in_one_line(string name, string content, string why)
    {
        Write(name, content);
        var e = Assert.Throws<InvalidDataException>(() => Open(name));

        Assert.StartsWith(folder[name], e.Message, StringComparison.Ordinal);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("a.tsv")]
    [InlineData("a.csv")]
    [InlineData("a.jsonl")]
    public void Bytes_that_are_no_UTF_8_are_refused_with_their_line(string name)
    {
        File.WriteAllBytes(folder[name], [.. "yes\tgood\n"u8, .. "no\tb"u8, 0xE9, (byte)'\n']);

        Assert.Contains("line 2: expected text in UTF-8", Assert.Throws<InvalidDataException>(() => Open(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_or_class_that_is_not_there_is_named()
    {
        Write("a.csv", "text,label\ngood,yes\nbad,no\n");

        Assert.Contains("expected a column 'body', got text, label", Assert.Throws<InvalidDataException>(() => Open("a.csv", new TextOptions { Column = "body", Label = "label" })).Message, StringComparison.Ordinal);
        Assert.Contains("row 1 (line 3), column 'label': label 'no' is none of the classes yes", Assert.Throws<InvalidDataException>(() => Open("a.csv", new TextOptions { ClassNames = ["yes", "maybe"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_the_texts_that_are_cut_and_keeps_one_token_texts()
    {
        Write("a.tsv", $"yes\t{string.Concat(Enumerable.Repeat("good ", 100_000))}\nno\tbad\n");

        using var data = Open("a.tsv");

        Assert.Equal((1, 256, 1), (data.Cut, data.Lengths[0], data.Lengths[1]));
        Assert.Equal([2, 256], data.ReadAll().Inputs.shape);
    }

    [Fact]
    public void Parts_show_their_own_texts()
    {
        Write("a.tsv", string.Concat(Enumerable.Range(0, 10).Select(i => $"{(i % 2 == 0 ? "yes" : "no")}\ttext {i}{(i % 3 == 0 ? " more" : "")}\n")));
        using var data = Open("a.tsv");

        var (rest, part) = data.Split(0.3, seed: 1);
        var texts = Assert.IsAssignableFrom<ITextDataset>(part);

        Assert.Equal(data.Texts.Order(), texts.Texts.Concat(((ITextDataset)rest).Texts).Order());
        Assert.Equal(texts.Texts.Select(t => t.EndsWith("more", StringComparison.Ordinal) ? 3 : 2), texts.Lengths);
    }

    private TextDataset Open(string name, TextOptions? options = null) => TextFile.Open(folder[name], options);

    private void Write(string name, string content) => File.WriteAllText(folder[name], content);

    private static void Expect(TextDataset data, string[] classes, (string Text, long Label)[] rows)
    {
        using (data)
        {
            Assert.Equal(classes, data.Card.ClassNames);
            Assert.Equal(rows, data.Texts.Zip(data.ReadAll().Labels.data<long>().ToArray()));
        }
    }

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
