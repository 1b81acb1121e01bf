using System.CommandLine;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Defenses.Training;
using Adamant.Training;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant harden</c>: adversarial training, with a guard against catastrophic overfitting.</summary>
internal sealed class HardenCommand : TrainingCommand
{
    private readonly Option<string> method, norm;
    private readonly Option<double> epsilon;
    private readonly Option<int> steps;
    private readonly Option<bool> noGuard;

    public HardenCommand() : base("harden", "Train a network on attacked samples, so that it withstands small changes of its inputs.", "hardened.safetensors")
    {
        method = With(new Option<string>("--method")
        {
            Description = "clean-plus-fgsm (the article's step), fgsm-rs (fast), pgd (slow and strongest).",
            DefaultValueFactory = _ => "fgsm-rs",
        }.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "clean-plus-fgsm", "fgsm-rs", "pgd"));
        epsilon = With(CommonOptions.Epsilon());
        norm = With(CommonOptions.Norm());
        steps = With(new Option<int>("--steps") { Description = "Steps of the attack inside pgd.", DefaultValueFactory = _ => 7 }.Within(1));
        noGuard = With(new Option<bool>("--no-guard") { Description = "Do not probe with PGD after each epoch, and never roll back." });
        Examples =
        [
            "adamant harden --data fashion-mini --model simple-cnn --epsilon 0.1 --epochs 15 --output hardened.safetensors",
            "adamant harden --data fashion --model strided-cnn --method pgd --steps 7 --epsilon 0.1",
            "adamant harden --data fashion-mini --from model.safetensors --method clean-plus-fgsm",
        ];
    }

    protected override IObjective Objective(ParseResult arguments)
    {
        var ball = CommonOptions.Ball(arguments.GetRequiredValue(norm), arguments.GetValue(epsilon));
        return arguments.GetRequiredValue(method).ToLowerInvariant() switch
        {
            "clean-plus-fgsm" => new CleanPlusFgsm(ball),
            "pgd" => new PgdTraining(ball) { Attack = new Pgd { Steps = arguments.GetValue(steps) } },
            _ => new FgsmRs(ball),
        };
    }

    protected override IReadOnlyList<IEpochProbe> Probes(ParseResult arguments, IDataset? heldOut) => arguments.GetValue(noGuard)
        ? []
        : heldOut is null
        ? throw new ArgumentException("--validation 0 leaves the guard no samples to look at. Hold some out, or switch the guard off by --no-guard.")
        : [new CatastrophicOverfittingProbe(heldOut.Read(0, Math.Min(256, heldOut.Count)), CommonOptions.Ball(arguments.GetRequiredValue(norm), arguments.GetValue(epsilon)))];
}
