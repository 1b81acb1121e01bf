namespace Adamant.Tests;

/// <summary>A test with tensors: starts from a fixed seed, and frees whatever it made.</summary>
public abstract class TensorTest : IDisposable
{
    private readonly DisposeScope scope;

    protected TensorTest()
    {
        Adamant.Engine.NativeEngine.Start();
        set_num_threads(1);                                     // test projects run side by side
        scope = NewDisposeScope();
        manual_seed(0);
    }

    public virtual void Dispose()
    {
        scope.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>f(x) = Wx + b as a module, with no bias when none is given.</summary>
    protected static nn.Module<Tensor, Tensor> Linear(float[][] weight, float[]? bias = null)
    {
        using var noGrad = no_grad();
        var layer = nn.Linear(weight[0].Length, weight.Length, hasBias: bias is not null);
        layer.weight!.copy_(stack(weight.Select(row => tensor(row))));
        if (bias is not null) layer.bias!.copy_(tensor(bias));
        return layer;
    }
}
