using System.Runtime.InteropServices;

namespace Adamant.Explaining;

/// <summary>From tensors to the plain numbers that a record keeps.</summary>
internal static class Numbers
{
    /// <summary>All values in the order of the shape, whatever the layout in memory.</summary>
    public static float[] Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(tensor.detach().to_type(ScalarType.Float32).contiguous().bytes).ToArray();
    }
}
