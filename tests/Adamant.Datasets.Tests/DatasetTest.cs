using Adamant.Data;

namespace Adamant.Datasets.Tests;

/// <summary>A test with tensors of data sets: frees whatever it made.</summary>
public abstract class DatasetTest : IDisposable
{
    private readonly DisposeScope scope;

    protected DatasetTest()
    {
        Adamant.Engine.NativeEngine.Start();
        scope = NewDisposeScope();
    }

    public virtual void Dispose()
    {
        scope.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static float[] Values(Tensor tensor) => tensor.to_type(ScalarType.Float32).contiguous().data<float>().ToArray();

    protected static long[] Numbers(Tensor tensor) => tensor.contiguous().data<long>().ToArray();

    /// <summary>How many rows each class has.</summary>
    protected static long[] PerClass(IDataset data) => Numbers(data.ReadAll().Labels.bincount(null, minlength: data.Card.ClassNames.Count));
}
