using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Tests.Defenses.Training;

/// <summary>A network made of any module that remembers what it was asked while training, and how often while not.</summary>
internal sealed class SpiedNetwork : Network
{
    private readonly Func<Tensor, Tensor> body;

    public SpiedNetwork(InputSpec input, nn.Module<Tensor, Tensor> module) : this(input, module.call) => register_module("module", module);

    public SpiedNetwork(InputSpec input, Func<Tensor, Tensor> body) : base(nameof(SpiedNetwork)) => (Input, this.body) = (input, body);

    public override InputSpec Input { get; }

    public override int Outputs => 2;

    public List<Tensor> Trained { get; } = [];

    public int Evaluated { get; private set; }

    public override Tensor forward(Tensor input)
    {
        if (training) Trained.Add(input.detach().clone().DetachFromDisposeScope());
        else Evaluated++;
        return body(input);
    }

    protected override void Dispose(bool disposing)
    {
        Trained.ForEach(t => t.Dispose());
        base.Dispose(disposing);
    }
}
