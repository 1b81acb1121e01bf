using Adamant.Data;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Tests.Data;

public sealed class DataFileTests : TensorTest
{
    private static readonly DatasetCard Card = new()
    {
        Name = "trial",
        Description = "A, \"B\" and C",
        Input = new InputSpec([2], -1, 5),
        Rows = 2,
        ClassNames = ["no, thanks", "yes"],
        FeatureNames = ["age", "the \"income\""],
        License = "MIT",
        Source = "here",
    };

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Safetensors_keep_everything()
    {
        using var data = Trial();
        DatasetExport.Write(data, folder["t.safetensors"]);
        using var read = DataFile.Open(folder["t.safetensors"]);

        Assert.Equal(data.ReadAll().Inputs.data<float>().ToArray(), read.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal([1, 0], read.ReadAll().Labels.data<long>().ToArray());
        Assert.Equal(Card.Input, read.Card.Input);
        Assert.Equal(Card.ClassNames, read.Card.ClassNames);
        Assert.Equal(Card.FeatureNames, read.Card.FeatureNames);
        Assert.Equal((Card.Name, Card.Description, Card.License, Card.Source), (read.Card.Name, read.Card.Description, read.Card.License, read.Card.Source));
        Assert.Equal(64, read.Card.Sha256.Length);
    }

    [Fact]
    public void Csv_keeps_values_and_names()
    {
        using var data = Trial();
        DatasetExport.Write(data, folder["t.csv"]);
        using var read = DataFile.Open(folder["t.csv"]);

        Assert.Equal(data.ReadAll().Inputs.data<float>().ToArray(), read.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal(Card.FeatureNames, read.Card.FeatureNames);
        Assert.Equal(Card.ClassNames, read.Card.ClassNames);
        Assert.Equal([1, 0], read.ReadAll().Labels.data<long>().ToArray());
    }

    [Theory]
    [InlineData("1", "2")]
    [InlineData("a", "a")]
    [InlineData("label", "b")]
    [InlineData("", "b")]
    public void Csv_with_names_that_head_no_table_reads_back_under_others(string first, string second)
    {
        using var data = new TensorDataset(Card with { FeatureNames = [first, second] }, tensor(new[] { 0.1f, -1, 5, 1e-7f }).reshape(2, 2), tensor(new[] { 1L, 0 }));
        DatasetExport.Write(data, folder["t.csv"]);
        using var read = DataFile.Open(folder["t.csv"]);

        Assert.Equal(["x0", "x1"], read.Card.FeatureNames);
        Assert.Equal(data.ReadAll().Inputs.data<float>().ToArray(), read.ReadAll().Inputs.data<float>().ToArray());
    }

    [Fact]
    public void Csv_refuses_more_columns_than_a_table_has()
    {
        using var data = new TensorDataset(Card with { Input = InputSpec.Features(DataLimits.Columns), Rows = 1, FeatureNames = [] }, zeros(1, DataLimits.Columns), tensor(new[] { 1L }));

        Assert.Contains("expected at most 99999 values", Assert.Throws<ArgumentException>(() => DatasetExport.Write(data, folder["t.csv"])).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Npz_keeps_values()
    {
        using var data = Trial();
        DatasetExport.Write(data, folder["t.npz"]);
        using var read = DataFile.Open(folder["t.npz"], new DataFileOptions { ClassNames = Card.ClassNames });

        Assert.Equal(data.ReadAll().Inputs.data<float>().ToArray(), read.ReadAll().Inputs.data<float>().ToArray());
        Assert.Equal([1, 0], read.ReadAll().Labels.data<long>().ToArray());
    }

    [Fact]
    public void An_export_writes_the_same_bytes_again_and_nothing_when_it_fails()
    {
        using var data = Trial();
        foreach (var name in new[] { "a.npz", "a.csv", "a.safetensors" })
        {
            DatasetExport.Write(data, folder[name]);
            var once = File.ReadAllBytes(folder[name]);
            DatasetExport.Write(data, folder[name]);
            Assert.Equal(once, File.ReadAllBytes(folder[name]));
        }

        Assert.Throws<ArgumentException>(() => DatasetExport.Write(data, folder["a.xls"]));
        Assert.Throws<DirectoryNotFoundException>(() => DatasetExport.Write(data, folder["nowhere/a.csv"]));
        Assert.Equal(["a.csv", "a.npz", "a.safetensors"], folder.Names);
    }

    [Fact]
    public void Safetensors_of_others_are_described_by_their_shapes()
    {
        SafeTensors.Write(folder["o.safetensors"], new Dictionary<string, Tensor> { ["inputs"] = ones(3, 1, 2, 2) * 0.5, ["labels"] = tensor(new[] { 0, 1, 3 }) });
        SafeTensors.Write(folder["w.safetensors"], new Dictionary<string, Tensor> { ["weight"] = ones(3) });

        using var data = DataFile.Open(folder["o.safetensors"]);

        Assert.Equal(InputSpec.Image(1, 2, 2), data.Card.Input);
        Assert.Equal(4, data.Card.ClassNames.Count);
        Assert.Contains("expected a tensor 'inputs', got weight", Refusal("w.safetensors"), StringComparison.Ordinal);
    }

    [Fact]
    public void Safetensors_with_damaged_metadata_or_values_are_refused()
    {
        var tensors = new Dictionary<string, Tensor> { ["inputs"] = tensor(new[] { 0, float.NaN }).reshape(2, 1), ["labels"] = tensor(new[] { 0L, 1 }) };
        SafeTensors.Write(folder["nan.safetensors"], tensors);
        SafeTensors.Write(folder["card.safetensors"], tensors, new Dictionary<string, string> { ["shape"] = "x", ["task"] = "Guess" });

        Assert.StartsWith($"{folder["nan.safetensors"]}, row 1, column 0", Refusal("nan.safetensors"), StringComparison.Ordinal);
        Assert.Contains("metadata do not describe a data set", Refusal("card.safetensors"), StringComparison.Ordinal);
    }

    [Fact]
    public void Cifar_rows_are_a_label_and_three_planes()
    {
        File.WriteAllBytes(folder["test_batch.bin"], [7, .. Plane(255), .. Plane(51), .. Plane(0), 2, .. Plane(0), .. Plane(0), .. Plane(102)]);

        using var data = DataFile.Open(folder["test_batch.bin"]);
        using var same = DataFile.Open(folder.Path, new DataFileOptions { Part = DatasetPart.Test });

        Assert.Equal([7, 2], data.ReadAll().Labels.data<long>().ToArray());
        Assert.Equal([1, 0.2f, 0, 0, 0, 0.4f], data.ReadAll().Inputs.mean([2, 3]).data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(("horse", 2L), (data.Card.ClassNames[7], same.Count));

        static byte[] Plane(byte value) => [.. Enumerable.Repeat(value, 1024)];
    }

    [Fact]
    public void Cifar_labels_out_of_range_and_incomplete_rows_are_refused_with_the_row()
    {
        File.WriteAllBytes(folder["a.bin"], [.. new byte[3073], 10, .. new byte[3072]]);
        File.WriteAllBytes(folder["b.bin"], new byte[3073 + 100]);

        Assert.EndsWith("a.bin: row 1, column 'label': label 10 is not in 0..9.", Refusal("a.bin"), StringComparison.Ordinal);
        Assert.Contains("b.bin: row 1: expected 3073 bytes, got 100", Refusal("b.bin"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_data_set_is_refused()
    {
        File.WriteAllBytes(folder["empty.csv"], []);
        File.WriteAllText(folder["a.doc"], "hello");

        Assert.Contains("got an empty file", Refusal("empty.csv"), StringComparison.Ordinal);
        Assert.Contains("got another format", Refusal("a.doc"), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => DataFile.Open(folder["missing.npz"]));
    }

    [Fact]
    public void Files_that_name_their_classes_give_them_the_numbers_that_somebody_asks_for()
    {
        using var data = Trial();                               // labels "yes", "no, thanks"
        File.WriteAllBytes(folder["c.bin"], [7, .. new byte[3072]]);
        var wanted = new DataFileOptions { ClassNames = ["yes", "maybe", "no, thanks"] };
        foreach (var name in new[] { "t.safetensors", "t.csv" })
        {
            DatasetExport.Write(data, folder[name]);

            using var read = DataFile.Open(folder[name], wanted);

            Assert.Equal([0, 2], read.ReadAll().Labels.data<long>().ToArray());
            Assert.Equal(wanted.ClassNames, read.Card.ClassNames);
            Assert.Contains("none of the classes yes, nor", Assert.Throws<InvalidDataException>(() => DataFile.Open(folder[name], new DataFileOptions { ClassNames = ["yes"] })).Message, StringComparison.Ordinal);
        }
        Assert.StartsWith(folder["c.bin"], Assert.Throws<InvalidDataException>(() => DataFile.Open(folder["c.bin"], wanted)).Message, StringComparison.Ordinal);
        using var cifar = DataFile.Open(folder["c.bin"], new DataFileOptions { ClassNames = [.. Cifar10.ClassNames.Reverse()] });
        Assert.Equal(2, cifar.ReadAll().Labels.item<long>());
    }

    private string Refusal(string name) => Assert.Throws<InvalidDataException>(() => DataFile.Open(folder[name]).Dispose()).Message;

    private static TensorDataset Trial() => new(Card, tensor(new[] { 0.1f, -1, 5, 1e-7f }).reshape(2, 2), tensor(new[] { 1L, 0 }));

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }
}
