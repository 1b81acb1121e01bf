using System.CommandLine;
using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Training;
using Adamant.Texts;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant harden</c>: adversarial training, with a guard against catastrophic overfitting.</summary>
internal sealed class HardenCommand : TrainingCommand
{
    private const string Fast = "fgsm-rs", Substitutions = "substitutions", FreeLargeBatch = "free-lb";
    private static readonly string[] Methods = ["clean-plus-fgsm", Fast, "n-fgsm", "free", "pgd", "trades", "mart", .. CertifiedTrainingOptions.Methods];
    private readonly EditOptions edits = new();
    private readonly ConstraintOptions constraints = new();
    private readonly CertifiedTrainingOptions certified = new();
    private readonly Option<string?> method;
    private readonly Option<string> norm;
    private readonly Option<double> epsilon;
    private readonly Option<int?> steps;
    private readonly Option<int> replays;
    private readonly Option<double?> beta;
    private readonly Option<bool> noGuard, awp;

    public HardenCommand() : base("harden", "Train a network on attacked samples, so that it withstands small changes of its inputs.", "hardened.safetensors")
    {
        method = With(new Option<string?>("--method")
        {
            Description =
                "clean-plus-fgsm (the article's step), fgsm-rs (fast, the default), n-fgsm (as fast), free (each batch --replays times), " +
                "pgd, trades, mart (slow and strongest); for certificates noise, smooth-adv (smoothing), ibp, crown-ibp (bounds); for texts substitutions (the default), free-lb.",
        }.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Methods, Substitutions, FreeLargeBatch]));
        epsilon = With(CommonOptions.Epsilon());
        foreach (var option in edits.All.Concat(certified.All)) With(option);
        norm = With(CommonOptions.Norm());
        steps = With(new Option<int?>("--steps") { Description = "Steps of the attack inside pgd and smooth-adv (7 when left out), trades and mart (10)." }.Within(1));
        beta = With(new Option<double?>("--beta") { Description = "Weight of equal answers around a sample: trades (6 when left out), mart (5)." }.Within(0));
        replays = With(new Option<int>("--replays") { Description = "How often free learns each batch in a row: give it so many times fewer --epochs.", DefaultValueFactory = _ => 8 }.Within(1));
        awp = With(new Option<bool>("--awp") { Description = "Take each step at the worst weights nearby: twice the time." });
        With(constraints.File);
        noGuard = With(new Option<bool>("--no-guard") { Description = "Do not probe with PGD after each epoch, and never roll back." });
        Examples =
        [
            "adamant harden --data fashion-mini --model simple-cnn --epsilon 0.1 --epochs 15 --output hardened.safetensors",
            "adamant harden --data fashion --model strided-cnn --method pgd --steps 7 --epsilon 0.1",
            "adamant harden --data fashion-mini --from model.safetensors --method clean-plus-fgsm",
            "adamant harden --data fashion-mini --model strided-cnn --method trades --beta 6 --awp --epsilon 0.1",
            "adamant harden --data transactions --model mlp --constraints fraud --balance --epochs 6",
            "adamant harden --data fashion --model strided-cnn --method noise --sigma 0.25 --epochs 5 --output noise.safetensors",
            "adamant harden --data fashion --model strided-cnn --method ibp --epsilon 0.1 --epochs 30 --output ibp.safetensors",
            "adamant harden --data reviews --model simple-lstm --method substitutions --words 0.15 --epochs 8",
        ];
    }

    protected override IObjective Objective(ParseResult arguments, IDataset data)
    {
        var rules = constraints.Read(arguments, data.Card);
        var chosen = arguments.GetValue(method)?.ToLowerInvariant() ?? (data is TextDataset ? Substitutions : rules is null ? Fast : "pgd");
        if (rules is not null && chosen != "pgd") throw new ArgumentException($"Constraints are for --method pgd, got {chosen}.");
        if ((data is TextDataset) != (chosen is Substitutions or FreeLargeBatch))
        {
            throw new ArgumentException(data is TextDataset
                ? $"Texts cannot be moved by small steps, as {chosen} does. Use --method {Substitutions} or {FreeLargeBatch}."
                : $"--method {chosen} is for texts, and {data.Card.Name} holds {data.Card.Input}. Use one of {string.Join(", ", Methods)}.");
        }
        var objective = Chosen(arguments, data, chosen, rules);
        if (!arguments.GetValue(awp)) return objective;
        return chosen is "free" or FreeLargeBatch or Substitutions
            ? throw new ArgumentException($"--awp is for objectives with one loss per batch on numbers, not for {chosen}.")
            : new Awp(objective) { Gamma = chosen == "trades" ? 0.005 : 0.01 };
    }

    private IObjective Chosen(ParseResult arguments, IDataset data, string chosen, FeatureConstraints? rules)
    {
        if (chosen == FreeLargeBatch) return new FreeLb(arguments.GetValue(epsilon));
        if (data is TextDataset texts) return OnSubstitutions(arguments, texts);
        var ball = Ball(arguments, rules, data.Card.Input);
        if (CertifiedTrainingOptions.Methods.Contains(chosen)) return certified.Read(arguments, chosen, ball, arguments.GetValue(steps) ?? 7);
        return chosen switch
        {
            "clean-plus-fgsm" => new CleanPlusFgsm(ball),
            "pgd" => new PgdTraining(ball) { Constraints = rules, Attack = new Pgd { Steps = arguments.GetValue(steps) ?? 7 } },
            "trades" => new Trades(ball) { Beta = arguments.GetValue(beta) ?? 6, Steps = arguments.GetValue(steps) ?? 10 },
            "mart" => new Mart(ball) { Beta = arguments.GetValue(beta) ?? 5, Steps = arguments.GetValue(steps) ?? 10 },
            "n-fgsm" => new NFgsm(ball),
            "free" => new FreeAdversarialTraining(ball) { Replays = arguments.GetValue(replays) },
            _ => new FgsmRs(ball),
        };
    }

    private Ball Ball(ParseResult arguments, FeatureConstraints? rules, InputSpec input)
    {
        var name = arguments.GetRequiredValue(norm);
        if (rules is null) return CommonOptions.Ball(name, arguments.GetValue(epsilon));
        return ConstraintOptions.Ball(rules, name, arguments.GetResult(epsilon) is null or { Implicit: true } ? null : arguments.GetValue(epsilon), input);
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
        : [new CatastrophicOverfittingProbe(heldOut.Read(0, Math.Min(256, heldOut.Count)), Ball(arguments, constraints.Read(arguments, heldOut.Card), heldOut.Card.Input))];
}
