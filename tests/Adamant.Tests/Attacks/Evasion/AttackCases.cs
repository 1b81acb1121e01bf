using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Texts;
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
        new("fgsm with an ε per coordinate", new Fgsm(), new Scaled(new Linf(0.1), Factors(1))),
        new("pgd with an ε per coordinate and sample", new Pgd { Steps = 10, RandomStart = false }, new Scaled(new Linf(0.1), Factors(24))),
        new("pgd with an ε per coordinate in L2", new Pgd { Steps = 10 }, new Scaled(new L2(0.4), Factors(1)), Random: true),
        new("fgsm, smooth", new Fgsm(), new Smooth(new Linf(0.3), 0.1)),
        new("pgd, smooth with an ε per coordinate", new Pgd { Steps = 10, RandomStart = false }, new Smooth(new Scaled(new Linf(0.3), Factors(1)), 0.15)),
        new("pgd, smooth in units of the factors", new Pgd { Steps = 10 }, new Scaled(new Smooth(new Linf(0.3), 0.1), Factors(24, sealedTo: 0.5f)), Random: true),
        new("pgd, smooth in L2", new Pgd { Steps = 10 }, new Smooth(new L2(0.5), 0.15), Random: true),
        new("fgsm, online", new Fgsm().Online(), new Linf(0.2)),
        new("pgd, online with an ε per coordinate and sample", new Pgd { Steps = 5 }.Online(), new Scaled(new Linf(0.2), Factors(24)), Random: true),
        new("deep-fool", new DeepFool(), new L2(0.6)),
        new("deep-fool in Linf with an ε per coordinate and sample", new DeepFool(), new Scaled(new Linf(0.2), Factors(24))),
        new("deep-fool in L1", new DeepFool { Candidates = 3 }, new L1(1)),
        new("carlini-wagner", new CarliniWagner { SearchSteps = 5, Steps = 60, StepSize = 0.01, InitialConstant = 0.1 }, new L2(0.6)),
        new("carlini-wagner with an ε per coordinate and sample", new CarliniWagner { SearchSteps = 5, Steps = 60, StepSize = 0.01, InitialConstant = 0.1 }, new Scaled(new L2(0.6), Factors(24))),
        new("ddn", new Ddn { Steps = 50 }, new L2(0.6)),
        new("ddn with an ε per coordinate", new Ddn { Steps = 50 }, new Scaled(new L2(0.6), Factors(1))),
        new("fmn in L0", new Fmn { Steps = 50 }, new L0(2)),
        new("fmn in L1", new Fmn { Steps = 50 }, new L1(1)),
        new("fmn in L2 with an ε per coordinate and sample", new Fmn { Steps = 50 }, new Scaled(new L2(0.6), Factors(24))),
        new("fmn in Linf", new Fmn { Steps = 50 }, new Linf(0.2)),
        new("ead", new Ead { SearchSteps = 5, InitialConstant = 0.1 }, new L1(1)),
        new("ead in L2 by the elastic net, with an ε per coordinate", new Ead { SearchSteps = 5, InitialConstant = 0.1, ElasticNet = true }, new Scaled(new L2(0.6), Factors(1))),
    ];

    public sealed record TextCase(string Name, ITextEvasion<ITextDifferentiable> Attack, Edits Edits, bool Random = false);

    /// <summary>The words of the victim in the contract of texts.</summary>
    public static IReadOnlyList<string> Lexicon { get; } =
    [
        "the", "a", "film", "movie", "plot", "actor", "story", "scene", "good", "great", "fine", "lovely", "bright", "honest", "bad", "awful", "dull", "weak",
        "loud", "empty", "is", "was", "feels", "seems", "very", "really", "never", "always", "and", "but",
    ];

    /// <summary>Attacks on texts, each in one line.</summary>
    public static IReadOnlyList<TextCase> OnTexts { get; } =
    [
        new("hot-flip", new HotFlip(), new WordEdits(0.25)),
        new("hot-flip with a beam", new HotFlip { Beam = 3, Candidates = 5 }, new WordEdits(0.25)),
        new("hot-flip by substitutions", new HotFlip { Insertions = false, Deletions = false }, new WordEdits(0.25)),
        new("hot-flip, counted in characters", new HotFlip(), new CharacterEdits(0.2)),
        new("hot-flip among near words", new HotFlip(), new NearWordEdits(0.25, Vectors(), -0.2)),
        new("text-fooler", new TextFooler { Vectors = Vectors(), MinCosine = -0.2 }, new WordEdits(0.25)),
        new("text-fooler among near words", new TextFooler(), new NearWordEdits(0.25, Vectors(), -0.2)),
        new("typos", new Typos(), new WordEdits(0.25), Random: true),
        new("typos, counted in characters", new Typos(), new CharacterEdits(0.1), Random: true),
        new("typos, repeated", new Typos { Candidates = 2 }.Repeat(2), new CharacterEdits(0.1), Random: true),
        new("homoglyphs", new Homoglyphs(), new WordEdits(0.25)),
        new("homoglyphs and no width", new Homoglyphs { ZeroWidth = true }, new CharacterEdits(0.1)),
        new("the worst of typos and hot-flip", new WorstOfTexts<ITextDifferentiable>(new Typos(), new HotFlip()), new WordEdits(0.25), Random: true),
    ];

    public static TheoryData<string> NamesOnTexts => [.. OnTexts.Select(c => c.Name)];

    public static TheoryData<string> NamesOnTextsWithRandomness => [.. OnTexts.Where(c => c.Random).Select(c => c.Name)];

    public static TheoryData<string> NamesOnTextsWithoutRandomness => [.. OnTexts.Where(c => !c.Random).Select(c => c.Name)];

    public static TextCase FindOnTexts(string name) => OnTexts.Single(c => c.Name == name);

    /// <summary>From 0.5 to 2, and as given in one of seven; for so many samples of 12 numbers. Outlives the test that asks for it first.</summary>
    private static Tensor Factors(int samples, float sealedTo = 0) =>
        tensor(Enumerable.Range(0, samples * 12).Select(i => i % 7 == 3 ? sealedTo : 0.5f + (i % 4 * 0.5f)).ToArray()).reshape(samples, 12).DetachFromDisposeScope();

    public static TheoryData<string> Names => [.. All.Select(c => c.Name)];

    public static TheoryData<string> NamesWithoutRandomness => [.. All.Where(c => !c.Random).Select(c => c.Name)];

    public static TheoryData<string> NamesWithRandomness => [.. All.Where(c => c.Random).Select(c => c.Name)];

    public static Case Find(string name) => All.Single(c => c.Name == name);

    private static WordVectors Vectors()
    {
        var random = new SplitMix(5);
        return new WordVectors(Lexicon, tensor(Enumerable.Range(0, Lexicon.Count * 4).Select(_ => (float)random.Normal()).ToArray(), [Lexicon.Count, 4]));
    }
}
