using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>Every attack in one line: adding an attack is adding a line here.</summary>
public static class AttackCases
{
    /// <summary>Images: it runs on images [1, 8, 8] instead of 12 numbers. Noise: what it has to beat; a random move of the ball's size when null.
    /// Universal: one move for all samples of a call, which depends on how they are batched, and need not depend on the seed.</summary>
    public sealed record Case(
        string Name, IEvasion<IDifferentiable> Attack, Ball Ball, bool Random = false, bool Images = false, bool Universal = false,
        Func<Tensor, Generator, Tensor>? Noise = null);

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
        new("apgd", new Apgd { Steps = 12 }, new Linf(0.1), Random: true),
        new("apgd in L2", new Apgd { Steps = 12, Loss = ApgdLoss.Dlr }, new L2(0.4), Random: true),
        new("apgd in L1", new Apgd { Steps = 25, WideStart = true }, new L1(0.9), Random: true),
        new("apgd with an ε per coordinate and sample", new Apgd { Steps = 12, EotSteps = 1 }, new Scaled(new Linf(0.1), Factors(24)), Random: true),
        new("apgd-targeted", new ApgdTargeted { Steps = 12 }, new Linf(0.1), Random: true),
        new("apgd-targeted in L1", new ApgdTargeted { Steps = 25, Targets = 2 }, new L1(0.9), Random: true),
        new("apgd-targeted, smooth", new ApgdTargeted { Steps = 12 }, new Smooth(new Linf(0.3), 0.1), Random: true),
        new("fab", new Fab { Steps = 20 }, new Linf(0.1)),
        new("fab in L2 until it is inside", new Fab { Steps = 20, StopInside = true }, new L2(0.4)),
        new("fab in L1", new Fab { Steps = 20, Targets = 2 }, new L1(0.9)),
        new("fab to the nearest boundary", new Fab { Steps = 20, Targeted = false, Restarts = 2 }, new Linf(0.1), Random: true),
        new("fab with an ε per coordinate and sample", new Fab { Steps = 20 }, new Scaled(new L2(0.4), Factors(24))),
        new("square", new Square { Queries = 150 }, new Linf(0.1), Random: true),
        new("square in L2", new Square { Queries = 150 }, new L2(0.4), Random: true),
        new("square in L1", new Square { Queries = 150 }, new L1(0.9), Random: true),
        new("square with an ε per coordinate and sample", new Square { Queries = 150 }, new Scaled(new Linf(0.1), Factors(24)), Random: true),
        new("square, masked in L2", new Square { Queries = 150 }, new Scaled(new L2(0.5), Factors(1, sealedTo: 0)), Random: true),
        new("auto-attack", new AutoAttack { Steps = 5, Queries = 10 }, new Linf(0.1), Random: true),
        new("auto-attack plus in L2", new AutoAttack { Steps = 3, Queries = 10, Version = AutoAttackVersion.Plus }, new L2(0.4), Random: true),
        new("auto-attack rand in L1", new AutoAttack { Steps = 3, Queries = 10, Version = AutoAttackVersion.Rand }, new L1(0.9), Random: true),
        new("fgsm with an ε per coordinate", new Fgsm(), new Scaled(new Linf(0.1), Factors(1))),
        new("pgd with an ε per coordinate and sample", new Pgd { Steps = 10, RandomStart = false }, new Scaled(new Linf(0.1), Factors(24))),
        new("pgd with an ε per coordinate in L2", new Pgd { Steps = 10 }, new Scaled(new L2(0.4), Factors(1)), Random: true),
        new("fgsm, smooth", new Fgsm(), new Smooth(new Linf(0.3), 0.1)),
        new("pgd, smooth with an ε per coordinate", new Pgd { Steps = 10, RandomStart = false }, new Smooth(new Scaled(new Linf(0.3), Factors(1)), 0.15)),
        new("pgd, smooth in units of the factors", new Pgd { Steps = 10 }, new Scaled(new Smooth(new Linf(0.3), 0.1), Factors(24, sealedTo: 0.5f)), Random: true),
        new("pgd, smooth in L2", new Pgd { Steps = 10 }, new Smooth(new L2(0.5), 0.15), Random: true),
        new("fgsm, online", new Fgsm().Online(), new Linf(0.2)),
        new("pgd, online with an ε per coordinate and sample", new Pgd { Steps = 5 }.Online(), new Scaled(new Linf(0.2), Factors(24)), Random: true),
        new("pgd, past what has no gradient", new Pgd { Steps = 10 }.Bpda(), new Linf(0.1), Random: true),
        new("fgsm on the mean of three draws", new Fgsm().Eot(3), new Linf(0.1)),
        new("detector-aware", new DetectorAware { Steps = 10 }, new Linf(0.1), Random: true),
        new("detector-aware in L2 from the sample", new DetectorAware { Steps = 10, RandomStart = false, Orthogonal = false }, new L2(0.4)),
        new("hop-skip-jump", new HopSkipJump { Queries = 400 }, new Linf(0.15), Random: true),
        new("hop-skip-jump in L2", new HopSkipJump { Queries = 400 }, new L2(0.4), Random: true),
        new("hop-skip-jump until inside, with an ε per coordinate and sample", new HopSkipJump { Queries = 400, StopInside = true }, new Scaled(new Linf(0.15), Factors(24)), Random: true),
        new("hop-skip-jump with an ε per coordinate in L2", new HopSkipJump { Queries = 400 }, new Scaled(new L2(0.4), Factors(1)), Random: true),
        new("boundary", new Boundary { Queries = 120 }, new L2(0.5), Random: true),
        new("boundary with an ε per coordinate", new Boundary { Queries = 120 }, new Scaled(new L2(0.5), Factors(1)), Random: true),
        new("spsa", new Spsa { Queries = 200, Samples = 32 }, new Linf(0.1), Random: true),
        new("spsa with an ε per coordinate in L2", new Spsa { Queries = 200, Samples = 32 }, new Scaled(new L2(0.4), Factors(24)), Random: true),
        new("nes", new Nes { Queries = 200, Samples = 20 }, new Linf(0.1), Random: true),
        new("sim-ba", new SimBa { Queries = 60 }, new Linf(0.1), Random: true),
        new("sim-ba with an ε per coordinate in L2", new SimBa { Queries = 60 }, new Scaled(new L2(0.4), Factors(24)), Random: true),
        new("sim-ba along waves", new SimBa { Queries = 60, Basis = SimBaBasis.Dct, Frequencies = 1 }, new L2(1), Random: true, Images: true),
        new("mi-fgsm", new MiFgsm(), new Linf(0.1)),
        new("mi-fgsm with an ε per coordinate and sample in L2", new MiFgsm(), new Scaled(new L2(0.4), Factors(24))),
        new("ni-fgsm", new NiFgsm(), new Linf(0.1)),
        new("ni-fgsm at three scales", new NiFgsm { Scales = 3 }, new Linf(0.2)),
        new("di-fgsm", new DiFgsm(), new Linf(0.1), Random: true, Images: true),
        new("ti-fgsm", new TiFgsm { Kernel = 3 }, new Linf(0.1), Images: true),
        new("vmi-fgsm", new VmiFgsm(), new Linf(0.1), Random: true),
        new("jsma", new Jsma(), new L0(4)),
        new("jsma with a mask", new Jsma(), new Scaled(new L0(3), Factors(1))),
        new("jsma in Linf", new Jsma { Share = 0.5 }, new Linf(0.3)),
        new("spatial", new Spatial(), new Linf(1), Images: true, Noise: (x, _) => Spatial.Moved(x, 12, 0.5, -0.5)),
        new("universal-perturbation", new UniversalPerturbation { Steps = 20 }, new Linf(0.15), Universal: true),
        new("universal-perturbation with an ε per coordinate in L2", new UniversalPerturbation { Steps = 20 }, new Scaled(new L2(0.5), Factors(1)), Universal: true),
        new("adversarial-patch", new AdversarialPatch { Steps = 30, Side = 3, Row = 2, Column = 2 }, new Linf(1), Universal: true, Images: true, Noise: WithNoisyCorner),
        new("one-pixel", new OnePixel { Queries = 300, Population = 20, Pixels = 2 }, new L0(2), Random: true),
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

    /// <summary>Images with noise on nine pixels.</summary>
    private static Tensor WithNoisyCorner(Tensor images, Generator generator)
    {
        var noisy = images.clone();
        noisy.narrow(2, 2, 3).narrow(3, 2, 3).copy_(rand([images.shape[0], 1, 3, 3], generator: generator));
        return noisy;
    }

    public static TheoryData<string> Names => [.. All.Select(c => c.Name)];

    public static TheoryData<string> NamesWithoutRandomness => [.. All.Where(c => !c.Random && !c.Universal).Select(c => c.Name)];

    public static TheoryData<string> NamesWithRandomness => [.. All.Where(c => c.Random).Select(c => c.Name)];

    public static Case Find(string name) => All.Single(c => c.Name == name);

    private static WordVectors Vectors()
    {
        var random = new SplitMix(5);
        return new WordVectors(Lexicon, tensor(Enumerable.Range(0, Lexicon.Count * 4).Select(_ => (float)random.Normal()).ToArray(), [Lexicon.Count, 4]));
    }
}
