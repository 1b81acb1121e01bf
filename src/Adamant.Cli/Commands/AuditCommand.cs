using System.CommandLine;
using System.Diagnostics;
using Adamant.Auditing;
using Adamant.Data;
using Adamant.Defenses.Inputs;
using Adamant.Reports;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant audit</c>: attacks one or several models in every way, and writes the report.</summary>
internal sealed class AuditCommand : CliCommand
{
    private readonly Argument<string[]> models;
    private readonly DataOptions data = new();
    private readonly Option<string> norm, output;
    private readonly Option<string?> budget;
    private readonly EvidenceOption evidence = new();
    private readonly AttackOptions attacks = new(["fgsm", "pgd"], ["typos", "text-fooler", "hot-flip"]);
    private readonly EditOptions edits = new();
    private readonly DefenseOptions defenses = new();
    private readonly Option<double> epsilon;
    private readonly Option<double?> failUnder;
    private readonly Option<int> seed, curveSamples;
    private readonly Option<long?> limit;

    public AuditCommand() : base("audit", "Attack models in every way and write a report: one HTML page and audit.json.")
    {
        models = With(new Argument<string[]>("models")
        {
            Description = "Model files of Adamant (.safetensors); the others are compared with the first.",
            Arity = ArgumentArity.OneOrMore,
        });
        models.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => t.Value.StartsWith('-')) is { } option) result.AddError($"There is no option '{option.Value}'.");
        });
        foreach (var option in data.All) With(option);
        foreach (var option in attacks.All) With(option);
        epsilon = With(CommonOptions.Epsilon());
        norm = With(CommonOptions.Norm());
        foreach (var option in edits.All) With(option);
        foreach (var option in defenses.All) With(option);
        limit = With(CommonOptions.Limit());
        curveSamples = With(new Option<int>("--curve-samples") { Description = "Samples for the curves over ε.", DefaultValueFactory = _ => 128 }.Within(1));
        seed = With(CommonOptions.Seed());
        output = With(new Option<string>("--output", "-o") { Description = "The folder of the report.", DefaultValueFactory = _ => "adamant-audit" });
        With(evidence.Option);
        budget = With(Budget.Option());
        failUnder = With(CommonOptions.FailUnder());
        Examples =
        [
            "adamant audit model.safetensors --data fashion-mini --epsilon 0.1",
            "adamant audit undefended.safetensors hardened.safetensors --data fashion-mini --output report --fail-under 0.4",
        ];
    }

    public override string Notes => CatalogHelp.Attacks() + CatalogHelp.Sanitizers();

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var report = arguments.GetRequiredValue(output);
        Inputs.CheckFolder(report);
        attacks.Check(arguments);
        var proof = evidence.Check(arguments);
        using var dataset = data.Open(arguments, DatasetPart.Test);

        var audited = new List<AuditedModel>();
        var (floor, used) = (arguments.GetValue(failUnder), arguments.GetValue(seed));
        var paths = arguments.GetRequiredValue(models);
        var each = Budget.Of(arguments, budget) / paths.Length;
        var ball = CommonOptions.Ball(arguments.GetRequiredValue(norm), arguments.GetValue(epsilon));
        var defense = defenses.Read(arguments);
        EvidenceOption.Check(proof, defense, null);
        var plan = new Lazy<AuditPlan>(() => AuditRun.Plan(
            [.. attacks.Create(arguments).Select(a => (a.Name, a.Attack.Knowing(defense, defenses.Draws(arguments))))], ball, used) with
        {
            CurveSamples = arguments.GetValue(curveSamples),
            Budget = each,
        });
        var onTexts = new Lazy<TextAuditPlan>(() => new TextAuditPlan
        {
            Attacks = attacks.CreateOnTexts(arguments),
            Edits = edits.Read(arguments, () => EditOptions.Corpus(data, arguments)),
            CurveSamples = arguments.GetValue(curveSamples),
            Seed = used,
            Budget = each,
        });
        foreach (var (path, number) in paths.Select((path, number) => (path, number)))
        {
            using var loaded = Inputs.Model(path);
            using var recorder = new EvidenceRecorder();
            var name = Path.GetFileNameWithoutExtension(path);
            DefenseOptions.CheckTensors(defense, loaded.Text);
            if (loaded.Text is { } victim)
            {
                if (arguments.GetResult(epsilon) is { Implicit: false } || arguments.GetResult(norm) is { Implicit: false })
                    throw new ArgumentException($"{name} reads texts, which cannot be moved by ε: expected --words or --characters instead of --epsilon or --norm.");
                var texts = EditOptions.Texts(dataset);
                var count = arguments.GetValue(limit) ?? texts.Count;
                audited.Add(AuditRun.ExamineTexts(screen, name, path, loaded, victim, texts, count, onTexts.Value with { Witness = proof is null ? null : recorder.Add }, cancellation));
            }
            else
            {
                using var samples = Inputs.Samples(dataset, loaded, arguments.GetValue(limit));
                audited.Add(AuditRun.Examine(screen, name, path, loaded, samples, plan.Value with { Witness = proof is null ? null : (attack, result) => recorder.Add(attack, samples, result) }, cancellation, defense));
            }
            if (proof is null) continue;
            var own = paths.Length == 1 ? proof : Path.Combine(proof, paths.Count(p => Path.GetFileNameWithoutExtension(p) == name) == 1 ? name : $"{number + 1}-{name}");
            evidence.Write(screen, recorder, own, path, loaded, dataset.Card, used, arguments);
        }
        var threat = onTexts.IsValueCreated ? $"{onTexts.Value.Edits}" : $"{ball}";
        var audit = AuditRun.Assemble(
            $"Robustness of {string.Join(", ", audited.Select(m => m.Name))}", dataset.Card, threat, used, audited, CommandText.Of(arguments), clock.Elapsed);
        HtmlReport.Write(audit, report);

        var held = floor is null || audited.All(m => m.WorstCase.Value >= floor);
        screen.Json(AuditJson.ToText(audit));
        AuditRun.Print(screen, audit);
        screen.Note($"Report: {Path.Combine(report, HtmlReport.PageName)}");
        if (floor is not null && held && !audited.All(m => m.HasEvidence && m.NotRun.Count == 0))
        {
            var why = audited.All(m => m.HasEvidence) ? "samples that were not attacked in time count as robust" : "no attack passes its self-test";
            screen.Line($"Inconclusive: {why}, so nothing shows that the threshold {floor:0.000} holds.");
            return ExitCode.Inconclusive;
        }
        if (floor is not null) screen.Line($"{(held ? "Held" : "Failed")}: threshold {floor:0.000} in the worst case of all attacks.");
        return held ? ExitCode.Held : ExitCode.Failed;
    }
}
