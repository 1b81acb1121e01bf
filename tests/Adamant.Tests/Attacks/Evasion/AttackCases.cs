using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>Every attack in one line: adding an attack is adding a line here.</summary>
public static class AttackCases
{
    public sealed record Case(string Name, IEvasion<IDifferentiable> Attack, Ball Ball, bool Random = false);

    public static IReadOnlyList<Case> All { get; } =
    [
        new("fgsm", new Fgsm(), new Linf(0.1)),
        new("fgsm in L2", new Fgsm(), new L2(0.4)),
        new("pgd", new Pgd { Steps = 10 }, new Linf(0.1), Random: true),
        new("pgd in L2", new Pgd { Steps = 10 }, new L2(0.4), Random: true),
        new("pgd from the sample", new Pgd { Steps = 10, RandomStart = false }, new Linf(0.1)),
        new("pgd with momentum", new Pgd { Steps = 10, RandomStart = false, Momentum = 1 }, new Linf(0.1)),
        new("pgd with momentum in L2", new Pgd { Steps = 10, RandomStart = false, Momentum = 0.9 }, new L2(0.4)),
        new("pgd, repeated", new Pgd { Steps = 5 }.Repeat(3), new Linf(0.1), Random: true),
        new("the worst of fgsm and pgd", new WorstOf<IDifferentiable>(new Fgsm(), new Pgd { Steps = 5 }), new Linf(0.1), Random: true),
    ];

    public static TheoryData<string> Names => [.. All.Select(c => c.Name)];

    public static TheoryData<string> NamesWithoutRandomness => [.. All.Where(c => !c.Random).Select(c => c.Name)];

    public static TheoryData<string> NamesWithRandomness => [.. All.Where(c => c.Random).Select(c => c.Name)];

    public static Case Find(string name) => All.Single(c => c.Name == name);
}
