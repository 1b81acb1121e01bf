using Adamant.Data;
using Adamant.Victims;
using FsCheck.Xunit;

namespace Adamant.Tests.Data;

public sealed class TensorDatasetTests : TensorTest
{
    private static readonly DatasetCard Table = new() { Name = "table", Input = InputSpec.Features(2), Rows = 3, ClassNames = ["no", "yes"], FeatureNames = ["age", "income"] };

    [Fact]
    public void Reads_the_samples_that_are_asked_for_in_that_order()
    {
        using var data = new TensorDataset(Table, tensor(new float[] { 1, 2, 3, 4, 5, 6 }).reshape(3, 2), tensor(new[] { 0L, 1, 0 }));

        var batch = data.Read(tensor(new[] { 2L, 0 }));

        Assert.Equal([5, 6, 1, 2], batch.Inputs.data<float>().ToArray());
        Assert.Equal([0, 0], batch.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Bytes_are_kept_and_leave_as_shares_of_255()
    {
        var card = Table with { Input = InputSpec.Image(1, 1, 2), Rows = 1, FeatureNames = [] };
        using var data = new TensorDataset(card, tensor(new byte[] { 51, 255 }, [1, 1, 1, 2], ScalarType.Byte), tensor(new[] { 1L }));

        Assert.Equal([51 / 255f, 1], data.ReadAll().Inputs.data<float>().ToArray());
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "finite")]
    public void A_value_that_is_no_number_is_refused_with_row_and_column(float value, string reason)
    {
        var e = Assert.Throws<InvalidDataException>(() => new TensorDataset(Table, tensor(new[] { 1, 2, 3, value, 5, 6 }).reshape(3, 2), tensor(new[] { 0L, 1, 0 })));

        Assert.StartsWith("table, row 1, column 'income': ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pixel_outside_the_range_is_refused_with_its_place()
    {
        var x = zeros(2, 3, 4, 5);
        x[1, 2, 3, 4] = 1.5f;

        var e = Assert.Throws<InvalidDataException>(() => new TensorDataset(Table with { Input = InputSpec.Image(3, 4, 5), Rows = 2, FeatureNames = [] }, x, tensor(new[] { 0L, 1 })));

        Assert.StartsWith("table, row 1, channel 2, pixel row 3, pixel column 4: Expected values in [0, 1], got [0, 1.5].", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void A_label_that_is_no_class_is_refused_with_its_row(long label)
    {
        var e = Assert.Throws<InvalidDataException>(() => new TensorDataset(Table, zeros(3, 2), tensor(new[] { 0, 1, label })));

        Assert.Equal($"table, row 2, column 'label': label {label} is not in 0..1.", e.Message);
    }

    [Fact]
    public void Missing_rows_other_shapes_and_empty_sets_are_refused()
    {
        Assert.Contains("expected 3 rows", Refusal(Table, zeros(2, 2), zeros(2, ScalarType.Int64)), StringComparison.Ordinal);
        Assert.Contains("expected 3 rows", Refusal(Table, zeros(3, 2), zeros(2, ScalarType.Int64)), StringComparison.Ordinal);
        Assert.Contains("[N, 2]", Refusal(Table, zeros(3, 4), zeros(3, ScalarType.Int64)), StringComparison.Ordinal);
        Assert.Contains("at least one row", Refusal(Table with { Rows = 0 }, zeros(0, 2), zeros(0, ScalarType.Int64)), StringComparison.Ordinal);
        Assert.Contains("labels of type Int64", Refusal(Table, zeros(3, 2), zeros(3)), StringComparison.Ordinal);
        Assert.Contains("row 1, column 'label': the target", Refusal(Table with { Task = LearningTask.Regression }, zeros(3, 2), tensor(new[] { 0, float.NaN, 0 })), StringComparison.Ordinal);

        static string Refusal(DatasetCard card, Tensor x, Tensor y) => Assert.Throws<InvalidDataException>(() => new TensorDataset(card, x, y)).Message;
    }

    [Fact]
    public void Take_and_split_look_at_the_set_without_copying_or_owning_it()
    {
        using var data = Counted(10);
        using (var few = data.Take(3)) Assert.Equal([0, 1, 2], few.ReadAll().Inputs.data<float>().ToArray());

        Assert.Equal(20, data.Take(20).Count + data.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Take(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(5, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(1, 0));
        Assert.Contains("at least 2 samples", Assert.Throws<ArgumentException>(() => Counted(1).Split(0.5, 0)).Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 30)]
    public bool A_split_loses_no_sample_and_doubles_none(int rows, int share, int seed)
    {
        using var scope = NewDisposeScope();
        using var data = Counted(2 + (Math.Abs(rows % 50)));
        var (rest, part) = data.Split((1 + Math.Abs(share % 98)) / 100.0, seed);
        using (rest)
        using (part)
        {
            float[] both = [.. rest.ReadAll().Inputs.data<float>(), .. part.ReadAll().Inputs.data<float>()];
            return rest.Count > 0 && part.Count > 0 && both.Order().SequenceEqual(Enumerable.Range(0, (int)data.Count).Select(i => (float)i));
        }
    }

    [Fact]
    public void Reading_leaves_no_tensor_behind()
    {
        using var data = Counted(10);
        using var half = data.Take(5);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 20; i++) half.Read(0, 3).Dispose();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static TensorDataset Counted(int rows) => new(
        Table with { Input = InputSpec.Features(1), Rows = rows, FeatureNames = [] }, arange(rows, ScalarType.Float32).reshape(-1, 1), zeros(rows, ScalarType.Int64));
}
