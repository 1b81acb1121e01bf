namespace Adamant.Serialization;

/// <summary>One tensor in the header of a safetensors file.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">No dimension is negative; empty for a scalar.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">The byte after the last one.</param>
internal sealed record SafeTensorsEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End)
{
    private const int MaxRank = 64;                             // what libtorch's iterators can take

    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>The format's name of a type; null when the format, or Adamant, has none.</summary>
    public static string? NameOf(ScalarType type) => Array.Find(Types, t => t.Type == type).Name;

    /// <summary>The type of that name in the format.</summary>
    /// <exception cref="InvalidDataException">No such type.</exception>
    public static ScalarType TypeOf(string name) => Array.Find(Types, t => t.Name == name) is { Name: not null } known
        ? known.Type
        : throw new InvalidDataException($"expected one of the types {string.Join(" ", Types.Select(t => t.Name))}, got {SafeTensorsHeader.Quote(name)}");

    /// <summary>The bytes of a tensor.</summary>
    /// <exception cref="InvalidDataException">A dimension is negative, there are too many of them, or they overflow.</exception>
    public static long SizeOf(ScalarType type, IReadOnlyList<long> shape)
    {
        if (shape.Count > MaxRank) throw new InvalidDataException($"expected at most {MaxRank} dimensions, got {shape.Count}");
        if (shape.Any(d => d < 0)) throw new InvalidDataException($"expected dimensions of at least 0, got [{string.Join(", ", shape)}]");
        var size = (long)Array.Find(Types, t => t.Type == type).Size;
        try
        {
            foreach (var dimension in shape) size = checked(size * Math.Max(1, dimension));     // strides overflow even where a 0 empties the tensor
        }
        catch (OverflowException)
        {
            throw new InvalidDataException($"the shape [{string.Join(", ", shape)}] is larger than any memory");
        }
        return shape.Contains(0) ? 0 : size;
    }
}
