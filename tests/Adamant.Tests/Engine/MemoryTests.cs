using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Engine;
using Adamant.Models;

namespace Adamant.Tests.Engine;

/// <summary>What a thousand steps leave behind: nothing. The garbage collector does not see native memory, so that a leak shows only here.</summary>
public sealed class MemoryTests : TensorTest
{
    private const long FewMegabytes = 8 << 20;                  // a thousand activations of the first convolution alone are 32 MB

    [Fact]
    public void A_thousand_training_steps_return_to_where_they_began()
    {
        using var network = new SimpleCnn(size: 4);
        using var optimizer = optim.Adam(network.parameters());
        var (x, y) = (rand(16, 3, 4, 4), randint(0, 10, 16));

        StaysFlat(() =>
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(network.call(x), y).backward();
            optimizer.step();
        });
    }

    [Fact]
    public void A_thousand_attack_steps_return_to_where_they_began()
    {
        using var network = new SimpleCnn(size: 4);
        using var victim = network.AsVictim();
        var (x, y) = (rand(16, 3, 4, 4), randint(0, 10, 16));
        var (threat, pgd, fgsm) = (new Threat(new Linf(0.1)), new Pgd { Steps = 4 }, new Fgsm());

        StaysFlat(steps: 200, step: () =>
        {
            using var one = pgd.Perturb(victim, x, y, threat, new Run(), Cancellation);
            using var two = fgsm.Perturb(victim, x, y, threat, new Run(), Cancellation);
        });
    }

    private static void StaysFlat(Action step, int steps = 1000)
    {
        Repeat(step, steps / 5);                                // pools and caches fill up
        var (live, resident) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, ResidentMemory.Bytes);
        Repeat(step, steps);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.InRange(ResidentMemory.Bytes - resident, long.MinValue, FewMegabytes);
    }

    private static void Repeat(Action step, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            step();
            if (i % 50 == 0) GC.Collect();                      // the wrappers of freed tensors would fill the nursery, 20 MB, and look like a leak
        }
        GC.Collect();
    }
}
