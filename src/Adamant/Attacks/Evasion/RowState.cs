namespace Adamant.Attacks.Evasion;

/// <summary>The tensors that an attack keeps from step to step, one row each per sample; rows that are done are cut out of all of them.</summary>
internal sealed class RowState : IDisposable
{
    private readonly Tensor[] tensors;

    /// <summary>Owns the tensors from now on.</summary>
    public RowState(params Tensor[] tensors) => this.tensors = [.. tensors.Select(t => t.DetachFromDisposeScope())];

    /// <summary>Changed in place only.</summary>
    public Tensor this[int index] => tensors[index];

    /// <summary>Keeps the rows with the given numbers.</summary>
    public void Keep(Tensor rows)
    {
        for (var i = 0; i < tensors.Length; i++)
        {
            using var old = tensors[i];
            tensors[i] = old.index_select(0, rows).DetachFromDisposeScope();
        }
    }

    /// <summary>Frees all of them.</summary>
    public void Dispose() => Array.ForEach(tensors, t => t.Dispose());
}
