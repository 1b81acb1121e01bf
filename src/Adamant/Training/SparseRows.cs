using System.Runtime.InteropServices;

namespace Adamant.Training;

/// <summary>A matrix of which most entries are 0.</summary>
/// <param name="rows">The row of each entry.</param>
/// <param name="columns">The column of each entry.</param>
/// <param name="values">The entries.</param>
/// <param name="shape">Rows and columns of the whole.</param>
internal sealed class SparseRows(int[] rows, int[] columns, float[] values, (int Rows, int Columns) shape)
{
    /// <summary>This matrix times another, shape <c>[rows, K]</c>.</summary>
    public Tensor Times(Tensor other) => Product(rows, columns, shape.Rows, other);

    /// <summary>This matrix, transposed, times another, shape <c>[columns, K]</c>.</summary>
    public Tensor TransposedTimes(Tensor other) => Product(columns, rows, shape.Columns, other);

    private Tensor Product(int[] to, int[] from, int count, Tensor other)
    {
        using var scope = NewDisposeScope();
        var width = (int)other.shape[1];
        var result = zeros(count, width);
        var source = MemoryMarshal.Cast<byte, float>(other.contiguous().bytes);
        var target = MemoryMarshal.Cast<byte, float>(result.bytes);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            var read = source.Slice(from[i] * width, width);
            var write = target.Slice(to[i] * width, width);
            for (var k = 0; k < read.Length; k++) write[k] += value * read[k];
        }
        return result.MoveToOuterDisposeScope();
    }
}
