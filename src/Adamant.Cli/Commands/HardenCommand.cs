using System.CommandLine;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Training;
using Adamant.Texts;
using Adamant.Training;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant harden</c>: adversarial training, with a guard against catastrophic overfitting.</summary>
internal sealed class HardenCommand : TrainingCommand
{
    private const string Fast = "fgsm-rs", Substitutions = "substitutions", FreeLargeBatch = "free-lb";
    private readonly EditOptions edits = new();
    private readonly CertifiedTrainingOptions certified = new();
    private readonly Option<string?> method;
    private readonly Option<string> norm;
    private readonly Option<double> epsilon;
    private readonly Option<int> steps;
    private readonly Option<bool> noGuard;

    public HardenCommand() : base("harden", "Train a network on attacked samples, so that it withstands small changes of its inputs.", "hardened.safetensors")
    {
        method = With(new Option<string?>("--method")
        {
            Description = "clean-plus-fgsm (the article's step), fgsm-rs (fast, the default), pgd (slow and strongest); for certificates noise, smooth-adv (smoothing), ibp, crown-ibp (bounds); for texts substitutions (the default), free-lb.",
        }.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, ["clean-plus-fgsm", Fast, "pgd", Substitutions, FreeLargeBatch, .. CertifiedTrainingOptions.Methods]));
        epsilon = With(CommonOptions.Epsilon());
        foreach (var option in edits.All.Concat(certified.All)) With(option);
        norm = With(CommonOptions.Norm());
        steps = With(new Option<int>("--steps") { Description = "Steps of the attack inside pgd and smooth-adv.", DefaultValueFactory = _ => 7 }.Within(1));
        noGuard = With(new Option<bool>("--no-guard") { Description = "Do not probe with PGD after each epoch, and never roll back." });
        Examples =
        [
            "adamant harden --data fashion-mini --model simple-cnn --epsilon 0.1 --epochs 15 --output hardened.safetensors",
            "adamant harden --data fashion --model strided-cnn --method pgd --steps 7 --epsilon 0.1",
            "adamant harden --data fashion-mini --from model.safetensors --method clean-plus-fgsm",
            "adamant harden --data fashion --model strided-cnn --method noise --sigma 0.25 --epochs 5 --output noise.safetensors",
            "adamant harden --data fashion --model strided-cnn --method ibp --epsilon 0.1 --epochs 30 --output ibp.safetensors",
            "adamant harden --data reviews --model simple-lstm --method substitutions --words 0.15 --epochs 8",
        ];
    }

    protected override IObjective Objective(ParseResult arguments, IDataset data)
    {
        var chosen = arguments.GetValue(method)?.ToLowerInvariant() ?? (data is TextDataset ? Substitutions : Fast);
        if ((data is TextDataset) != (chosen is Substitutions or FreeLargeBatch))
        {
            throw new ArgumentException(data is TextDataset
                ? $"Texts cannot be moved by small steps, as {chosen} does. Use --method {Substitutions} or {FreeLargeBatch}."
                : $"--method {chosen} is for texts, and {data.Card.Name} holds {data.Card.Input}. Use clean-plus-fgsm, {Fast}, pgd or {string.Join(", ", CertifiedTrainingOptions.Methods)}.");
        }
        if (chosen == FreeLargeBatch) return new FreeLb(arguments.GetValue(epsilon));
        if (data is TextDataset texts) return OnSubstitutions(arguments, texts);
        var ball = CommonOptions.Ball(arguments.GetRequiredValue(norm), arguments.GetValue(epsilon));
        if (CertifiedTrainingOptions.Methods.Contains(chosen)) return certified.Read(arguments, chosen, ball, arguments.GetValue(steps));
        return chosen switch
        {
            "clean-plus-fgsm" => new CleanPlusFgsm(ball),
            "pgd" => new PgdTraining(ball) { Attack = new Pgd { Steps = arguments.GetValue(steps) } },
            _ => new FgsmRs(ball),
        };
    }

    private SubstitutionTraining OnSubstitutions(ParseResult arguments, TextDataset texts)
    {
        var chosen = new SubstitutionTraining(edits.Share(arguments));
        return edits.MinCosine(arguments) is { } cosine
            ? chosen with { Near = new TokenNeighbors(texts.Encoding, WordVectors.Fit(texts.Texts), cosine) }
            : chosen;
    }

    protected override IReadOnlyList<IEpochProbe> Probes(ParseResult arguments, IDataset? heldOut) =>
        arguments.GetValue(noGuard) || CertifiedTrainingOptions.Methods.Contains(arguments.GetValue(method)?.ToLowerInvariant()) || heldOut?.Card.Encoding is not null
        ? []
        : heldOut is null
        ? throw new ArgumentException("--validation 0 leaves the guard no samples to look at. Hold some out, or switch the guard off by --no-guard.")
        : [new CatastrophicOverfittingProbe(heldOut.Read(0, Math.Min(256, heldOut.Count)), CommonOptions.Ball(arguments.GetRequiredValue(norm), arguments.GetValue(epsilon)))];
}
