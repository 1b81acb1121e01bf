using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class FgsmTests : TensorTest
{
    [Fact]
    public void Steps_by_epsilon_along_the_sign_of_the_gradient()
    {
        // f(x) = Wx with W = [[1, -1, 0], [0, 0, 0]]: for y = 0 the loss grows along (-1, +1, 0).
        using var victim = new ModuleVictim(Linear([[1, -1, 0], [0, 0, 0]]), new InputSpec([3], 0, 1));
        var x = tensor(new[] { 0.5f, 0.5f, 0.5f }).reshape(1, 3);

        var moved = new Fgsm().Perturb(victim, x, tensor(new[] { 0L }), new Threat(new Linf(0.1)), new Run(), Cancellation);

        Assert.Equal([0.4f, 0.6f, 0.5f], moved.data<float>().ToArray());
    }
}
