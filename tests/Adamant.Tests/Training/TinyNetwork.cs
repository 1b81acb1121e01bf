using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Tests.Training;

/// <summary>The smallest network with all that training must cope with: a convolution or a plain layer, dropout, outputs.</summary>
internal sealed class TinyNetwork : Network
{
    private readonly nn.Module<Tensor, Tensor> first, drop, last;

    public TinyNetwork(InputSpec input, int outputs, double dropout = 0) : base(nameof(TinyNetwork))
    {
        (Input, Outputs) = (input, outputs);
        var flat = (long)input.Shape.Aggregate(1L, (a, b) => a * b);
        first = nn.Sequential(("flatten", nn.Flatten()), ("linear", nn.Linear(flat, 16)), ("relu", nn.ReLU()));
        drop = nn.Dropout(dropout);
        last = nn.Linear(16, outputs);
        register_module(nameof(first), first);
        register_module(nameof(drop), drop);
        register_module(nameof(last), last);
    }

    public override InputSpec Input { get; }

    public override int Outputs { get; }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return last.call(drop.call(first.call(input))).MoveToOuterDisposeScope();
    }

    /// <summary>All weights as one array.</summary>
    public float[] Weights()
    {
        using var scope = NewDisposeScope();
        return cat([.. parameters().Select(p => p.detach().reshape(-1))]).data<float>().ToArray();
    }
}
