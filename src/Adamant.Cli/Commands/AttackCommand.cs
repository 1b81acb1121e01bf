using System.CommandLine;
using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Attacks.Evasion;
using Adamant.Auditing;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Defenses.Inputs;
using Adamant.Serialization;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant attack</c>: how much of a model's accuracy survives.</summary>
internal sealed class AttackCommand : CliCommand
{
    private readonly Argument<string> model;
    private readonly DataOptions data = new();
    private readonly AttackOptions attacks = new(["pgd"], ["hot-flip"]);
    private readonly EditOptions edits = new();
    private readonly BallOptions balls = new();
    private readonly DefenseOptions defenses = new();
    private readonly ConstraintOptions constraints = new();
    private readonly Option<double?> failUnder, tolerance;
    private readonly Option<int> batchSize, seed;
    private readonly Option<int?> target;
    private readonly Option<long?> limit;
    private readonly Option<string?> output, checkpoint, budget, via;
    private readonly EvidenceOption evidence = new();

    public AttackCommand() : base("attack", "Attack a model, and count what is left of its accuracy.")
    {
        model = With(CommonOptions.Model());
        foreach (var option in data.All) With(option);
        foreach (var option in attacks.All) With(option);
        foreach (var option in balls.All) With(option);
        foreach (var option in edits.All) With(option);
        foreach (var option in defenses.All) With(option);
        With(constraints.File);
        tolerance = With(new Option<double?>("--tolerance") { Description = "Regression: how large an error may be, in the unit of the target." }.Within(0));
        target = With(new Option<int?>("--target") { Description = "The class that the attacker wants; any wrong class when left out." });
        limit = With(CommonOptions.Limit());
        batchSize = With(CommonOptions.BatchSize(Harness.BatchSize));
        seed = With(CommonOptions.Seed());
        output = With(new Option<string?>("--output", "-o") { Description = "Write the adversarial samples to this .safetensors file; tables also as .csv, in their own columns and units; texts as one JSON object per line." });
        checkpoint = With(new Option<string?>("--checkpoint") { Description = "Save the attack to this .safetensors file as it goes, and go on from there after a break." });
        With(evidence.Option);
        budget = With(Budget.Option());
        via = With(new Option<string?>("--via") { Description = "Craft the attacks on this model of one's own, and try them on the other." });
        failUnder = With(CommonOptions.FailUnder());
        Examples =
        [
            "adamant attack model.safetensors --data fashion-mini --epsilon 0.1",
            "adamant attack model.safetensors --data fashion-mini --attack fgsm pgd --steps 40 --restarts 5 --json",
            "adamant attack model.safetensors --data fashion-mini --attack auto-attack --batch-size 256 --checkpoint attack.safetensors",
            "adamant attack model.safetensors --data fashion-mini --norm l2 --epsilon 1.5 --target 6 --output adversarial.safetensors",
            "adamant attack model.safetensors --data fashion-mini --sanitizer bit-depth=3 median=3",
            "adamant attack model.safetensors --data fashion-mini --attack deep-fool --norm l2",
            "adamant attack sentiment.safetensors --data reviews --attack hot-flip text-fooler --words 0.15 --output adversarial.jsonl",
            "adamant attack model.safetensors --data fashion-mini --attack fgsm pgd --budget 5m --evidence evidence",
            "adamant attack model.safetensors --data fashion-mini --attack hop-skip-jump --norm l2 --epsilon 1.5 --queries 1000",
            "adamant attack model.safetensors --data fashion-mini --attack mi-fgsm --via surrogate.safetensors",
            "adamant attack fraud.safetensors --data transactions --constraints fraud --output adversarial.csv",
            "adamant attack pump.safetensors --data sensors.npz --channel-epsilon 0.2,0,1.5 --slope 0.05 --from-step 30",
        ];
    }

    public override string Notes => CatalogHelp.Attacks() + CatalogHelp.Sanitizers();

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var path = arguments.GetRequiredValue(model);
        attacks.Check(arguments);
        if (arguments.GetValue(output) is { } file) Inputs.CheckWritable(file);
        if (arguments.GetValue(checkpoint) is { } saved) Inputs.CheckWritable(saved);
        var proof = evidence.Check(arguments);
        using var loaded = Inputs.Model(path);
        var (onTexts, defense) = (loaded.Text, defenses.Read(arguments));
        DefenseOptions.CheckTensors(defense, onTexts);
        EvidenceOption.Check(proof, defense, arguments.GetValue(constraints.File));
        if (onTexts is not null && arguments.GetValue(checkpoint) is not null) throw new ArgumentException("--checkpoint is for attacks on tensors, and the model reads texts. Leave it out.");
        if (arguments.GetValue(checkpoint) is not null && arguments.GetValue(budget) is not null) throw new ArgumentException("--budget ends a run, and --checkpoint goes on with one. Leave one of them out.");
        using var surrogate = Surrogate(arguments.GetValue(via), loaded);
        IReadOnlyList<(string Name, IEvasion<IDifferentiable> Attack)> chosen =
            onTexts is null ? [.. attacks.Create(arguments, surrogate?.Victim).Select(a => (a.Name, a.Attack.Knowing(defense, defenses.Draws(arguments))))] : [];
        if (onTexts is not null && balls.AreGiven(arguments))
            throw new ArgumentException("The model reads texts, which cannot be moved by ε: expected --words or --characters instead of --epsilon, --norm, --channel-epsilon, --slope or --from-step.");
        if (onTexts is null && edits.AreGiven(arguments)) throw new ArgumentException("The model does not read texts: expected --epsilon, got a share of words or characters.");
        using var dataset = data.Open(arguments, DatasetPart.Test, loaded);
        using var samples = Inputs.Samples(dataset, loaded, arguments.GetValue(limit));
        RegressionAttackRun.Check(arguments.GetValue(target), arguments.GetValue(failUnder), arguments.GetValue(tolerance), loaded.Card.Task == LearningTask.Regression);
        if (loaded.Card.Task == LearningTask.Regression && !(defense.IsEmpty && new[] { checkpoint, budget, evidence.Option }.All(o => arguments.GetValue(o) is null)))
            throw new ArgumentException("The model forecasts a number: --sanitizer, --checkpoint, --budget and --evidence are for classifiers. Leave them out.");
        if (loaded.Card.Task == LearningTask.Regression && chosen.Select(a => a.Name).FirstOrDefault(name => name is not ("fgsm" or "pgd")) is { } other)
            throw new ArgumentException($"The model forecasts a number, and {other} looks for another class. Use --attack fgsm or pgd.");
        if (loaded.Card.Task == LearningTask.Regression && onTexts is null) return RunOnForecasts(arguments, screen, chosen, loaded, dataset.Card, samples, cancellation);
        var targets = Targets(arguments.GetValue(target), loaded, samples);
        var (floor, used) = (arguments.GetValue(failUnder), arguments.GetValue(seed));
        AttackSummary summary;
        using var recorder = new EvidenceRecorder();
        if (onTexts is not null)
        {
            var result = AttackTexts(arguments, screen, onTexts, EditOptions.Texts(dataset), samples, targets, cancellation);
            if (arguments.GetValue(output) is { } lines) TextAttackRun.Write(lines, result);
            if (proof is not null) recorder.Add(Names(attacks.CreateOnTexts(arguments).Select(a => a.Name)), result);
            summary = AttackSummary.From(result, result.Threat.Edits, dataset.Card, path, loaded.Sha256, used) with { Examples = TextAttackRun.Examples(result) };
        }
        else
        {
            var threat = Threat(arguments, screen, loaded.Victim, dataset.Card, samples) with { Target = targets };
            if (chosen is [(_, IMinimumNorm<IDifferentiable>)] && threat.Constraints is null && !balls.HasSize(arguments)) threat = threat with { Ball = MinimumNorms.Widest(threat.Ball, loaded.Victim.Input) };
            using var result = AttackTensors(arguments, screen, chosen, defense, loaded, surrogate, samples, threat, cancellation);
            Write(arguments, result.Adversarials, samples, dataset.Card);
            if (proof is not null) recorder.Add(Names(chosen.Select(a => a.Name)), samples, result);
            summary = AttackSummary.From(result, threat.Ball, dataset.Card, path, loaded.Sha256, used) with
            {
                Constraints = arguments.GetValue(constraints.File),
                LegalRows = Legal(threat.Constraints, result.Adversarials, samples),
            };
        }
        if (arguments.GetValue(output) is { } written) screen.Note($"Wrote {written}");
        if (proof is not null) evidence.Write(screen, recorder, proof, path, loaded, dataset.Card, used, arguments);
        summary = summary with
        {
            Target = arguments.GetValue(target),
            Output = arguments.GetValue(output),
            Evidence = proof,
            Budget = Budget.Of(arguments, budget)?.TotalSeconds,
            FailUnder = floor,
            Held = floor is null || summary.RobustAccuracy.Value >= floor,
        };
        Print(screen, summary);
        if (floor is null || !summary.Held || summary.NotRun.Count == 0) return summary.Held ? ExitCode.Held : ExitCode.Failed;
        screen.Line("Inconclusive: samples that were not attacked count as robust, so nothing shows that the threshold holds.");
        return ExitCode.Inconclusive;
    }

    private int RunOnForecasts(
        ParseResult arguments, Screen screen, IReadOnlyList<(string Name, IEvasion<IDifferentiable> Attack)> chosen, LoadedModel loaded, DatasetCard card, Batch samples, CancellationToken cancellation)
    {
        var threat = Threat(arguments, screen, loaded.Victim, card, samples);
        var size = arguments.GetValue(batchSize);
        var batches = (samples.Count + size - 1) / Math.Max(1, size) * attacks.Turns(arguments);
        using var result = screen.Track($"attacking {samples.Count} samples", report => Joined(chosen).AgainstForecasts(
            loaded.Victim, samples, threat, new Run { Seed = arguments.GetValue(seed), Progress = new AttackView(report, batches) }, size, cancellation));
        Write(arguments, result.Adversarials, samples, card);
        var (most, floor) = (arguments.GetValue(tolerance), arguments.GetValue(failUnder));
        var beyond = most is { } error ? result.Beyond(error) : default;
        Share? within = most is null ? null : Share.Of(new Proportion(beyond.Trials - beyond.Successes, beyond.Trials));
        var summary = RegressionSummary.From(result, card, arguments.GetRequiredValue(model), loaded.Sha256, arguments.GetValue(seed)) with
        {
            Constraints = arguments.GetValue(constraints.File),
            LegalRows = Legal(threat.Constraints, result.Adversarials, samples),
            Tolerance = most,
            Within = within,
            Output = arguments.GetValue(output),
            FailUnder = floor,
            Held = floor is null || within!.Value >= floor,
        };
        if (summary.Output is { } written) screen.Note($"Wrote {written}");
        RegressionAttackRun.Print(screen, summary);
        return summary.Held ? ExitCode.Held : ExitCode.Failed;
    }

    private Threat Threat(ParseResult arguments, Screen screen, IDifferentiable victim, DatasetCard card, Batch samples)
    {
        var rules = constraints.Read(arguments, card);
        if (rules is null && balls.IsOneForAll(arguments) && ScaleCheck.Remark(samples, card) is { } remark) screen.Note(remark);
        return new Threat(balls.Read(arguments, samples.Inputs, rules, victim.Input)) { Constraints = rules };
    }

    private static Share? Legal(FeatureConstraints? rules, Tensor moved, Batch samples)
    {
        if (rules is null) return null;
        var broken = rules.Violations(moved, samples.Inputs).Select(v => v.Row).Distinct().Count();
        return Share.Of(new Proportion(samples.Count - broken, samples.Count));
    }

    private void Write(ParseResult arguments, Tensor moved, Batch samples, DatasetCard card)
    {
        if (arguments.GetValue(output) is not { } path) return;
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) TableRows.Write(path, new Batch(moved, samples.Labels), card);
        else SafeTensors.Write(path, new Dictionary<string, Tensor> { ["inputs"] = moved, ["labels"] = samples.Labels });
    }

    private static IEvasion<IDifferentiable> Joined(IReadOnlyList<(string Name, IEvasion<IDifferentiable> Attack)> chosen) =>
        chosen.Count == 1 ? chosen[0].Attack : new WorstOf<IDifferentiable>([.. chosen.Select(a => a.Attack)]);

    private EvasionResult AttackTensors(
        ParseResult arguments, Screen screen, IReadOnlyList<(string Name, IEvasion<IDifferentiable> Attack)> chosen, InputDefense defense, LoadedModel loaded,
        LoadedModel? surrogate, Batch samples, Threat threat, CancellationToken cancellation)
    {
        using var guarded = defense.Protect(attacks.Limited(arguments, loaded.Victim, samples.Count, Times(arguments, defense)), arguments.GetValue(seed));
        var size = arguments.GetValue(batchSize);
        var batches = (samples.Count + size - 1) / Math.Max(1, size) * attacks.Turns(arguments) * (defense.IsEmpty ? 1 : 2);
        return screen.Track($"attacking {samples.Count} samples", report =>
        {
            var run = new Run
            {
                Seed = arguments.GetValue(seed),
                Progress = new AttackView(report, batches),
                Checkpoint = arguments.GetValue(checkpoint) is { } path ? new AttackCheckpoint(path, $"{loaded.Sha256} {defense} {surrogate?.Sha256} {constraints.Identity(arguments)}") : null,
            };
            if (Budget.Of(arguments, budget) is not { } time) return Joined(chosen).Against(guarded, samples, threat, run, size, cancellation);
            using var box = new TimeBox(time);
            return box.Against(chosen, guarded, samples, threat, run, size, cancellation);
        });
    }

    private TextEvasionResult AttackTexts(
        ParseResult arguments, Screen screen, ITextDifferentiable victim, TextDataset texts, Batch samples, Tensor? targets, CancellationToken cancellation)
    {
        var chosen = attacks.CreateOnTexts(arguments);
        var threat = new TextThreat(edits.Read(arguments, () => EditOptions.Corpus(data, arguments))) { Target = targets };
        return TextAttackRun.Run(
            screen, chosen, victim, texts, samples, threat, arguments.GetValue(seed), arguments.GetValue(batchSize), attacks.Turns(arguments), Budget.Of(arguments, budget), cancellation);
    }

    /// <summary>How often the model is asked for one question of an attack: a random defense draws several times, and a time box looks before and after each turn.</summary>
    private int Times(ParseResult arguments, InputDefense defense) => 1 + (defense.IsEmpty ? 0 : defenses.Draws(arguments)) + (arguments.GetValue(budget) is null ? 0 : 2);

    private static string Names(IEnumerable<string> attacks) => string.Join(", ", attacks);

    /// <summary>The model of one's own, which must know what the victim knows.</summary>
    private static LoadedModel? Surrogate(string? path, LoadedModel victim)
    {
        if (path is null) return null;
        if (victim.Text is not null) throw new ArgumentException("--via is for models of tensors: attacks on texts are crafted on the model itself.");
        var surrogate = Inputs.Model(path);
        if (surrogate.Text is null && surrogate.Card.Input.Equals(victim.Card.Input) && surrogate.Network.Outputs == victim.Network.Outputs) return surrogate;
        using (surrogate)
        {
            throw new ArgumentException(
                $"Expected --via with a model of the same inputs and classes, {victim.Card.Input} and {victim.Network.Outputs}, got {surrogate.Card.Input} and {surrogate.Network.Outputs}.");
        }
    }

    private static Tensor? Targets(int? target, LoadedModel loaded, Batch samples)
    {
        if (target is null) return null;
        if (target < 0 || target >= loaded.Network.Outputs)
            throw new ArgumentException($"Expected a target class in 0..{loaded.Network.Outputs - 1}, got {target}.");
        return full_like(samples.Labels, target.Value);
    }

    private static void Print(Screen screen, AttackSummary summary)
    {
        screen.Json(summary, json => json.AttackSummary);
        screen.Line($"{summary.Attack}, {summary.Threat}, on {summary.Samples} samples of {summary.Data}, seed {summary.Seed}");
        screen.Line();
        screen.Table(
            ["", ""],
            [
                ["clean accuracy", summary.CleanAccuracy.ToString()],
                ["robust accuracy", summary.RobustAccuracy.ToString()],
                ["attack success", summary.Success.ToString()],
                .. summary.WorstClass is { } worst ? new string[][] { ["worst class", $"{worst.Name}: {worst.Robust}"] } : [],
                .. summary.LegalRows is { } legal ? new string[][] { ["legal rows", legal.ToString()] } : [],
                ["max perturbation", $"{summary.MaxPerturbation:0.####}"],
                .. summary.MedianPerturbation is { } median ? new string[][] { ["median perturbation", $"{median:0.####}"] } : [],
                .. summary.MedianQueries is { } queries ? new string[][] { ["median queries", $"{queries:N0}"] } : [],
                ["samples/s", $"{summary.SamplesPerSecond:0}"],
                ["forwards", $"{summary.Forwards:N0}"],
                ["gradients", $"{summary.Gradients:N0}"],
            ]);
        foreach (var example in summary.Examples ?? []) screen.Line($"  {example}");
        if (summary.MaxPerturbation == 0) screen.Line("Nothing was moved: ε is too small for this norm, or the attack found no step. The score says nothing.");
        foreach (var warning in summary.Warnings) screen.Line($"Warning ({warning.Code}): {warning.Message}");
        foreach (var left in summary.NotRun) screen.Line($"The time was up: {left.Samples:N0} samples were not attacked by {left.Attack} and count as robust. The robust accuracy is an upper bound.");
        if (summary.FailUnder is { } floor)
            screen.Line($"{(summary.Held ? "Held" : "Failed")}: robust accuracy {summary.RobustAccuracy.Value:0.000}, threshold {floor:0.000}.");
    }
}
