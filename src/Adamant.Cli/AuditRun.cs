using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Auditing;
using Adamant.Data;
using Adamant.Defenses.Inputs;
using Adamant.Engine;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Cli;

/// <summary>What <c>audit</c> and <c>demo</c> share: the plan, one examined model, the whole audit, its table.</summary>
internal static class AuditRun
{
    public static AuditPlan Plan(IReadOnlyList<(string Name, IEvasion<IDifferentiable> Attack)> attacks, Ball ball, int seed) => new()
    {
        Attacks = attacks,
        Ball = ball,
        Seed = seed,
    };

    public static AuditedModel Examine(
        Screen screen, string name, string file, LoadedModel loaded, Batch samples, AuditPlan plan, CancellationToken cancellation,
        InputDefense? defense = null) =>
        screen.Track($"attacking {name}", report => Auditor.Examine(
            name, loaded.Card, (defense ?? new InputDefense()).Protect(loaded.Victim, plan.Seed), loaded.Network.ParameterCount, samples, plan with { Progress = report }, cancellation)) with
        {
            Sha256 = loaded.Sha256,
            File = Path.GetFileName(file),
        };

    public static AuditedModel ExamineTexts(
        Screen screen, string name, string file, LoadedModel loaded, ITextDifferentiable victim, TextDataset data, long count, TextAuditPlan plan, CancellationToken cancellation)
    {
        using var samples = Inputs.Samples(data, loaded, count);
        return screen.Track($"attacking {name}", report => Auditor.Examine(
            name, loaded.Card, victim, loaded.Network.ParameterCount, [.. data.Texts.Take((int)samples.Count)], samples.Labels, plan with { Progress = report }, cancellation)) with
        {
            Sha256 = loaded.Sha256,
            File = Path.GetFileName(file),
        };
    }

    public static Audit Assemble(
        string title, DatasetCard data, string threat, int seed, IReadOnlyList<AuditedModel> models, string command, TimeSpan elapsed)
    {
        var engine = EngineInfo.Collect();
        return new Audit
        {
            Title = title,
            Created = DateTimeOffset.UtcNow,
            Data = data,
            Threat = threat,
            Models = models,
            Reproduction = new Reproduction(command, seed, App.Version, engine.Versions, engine.Machine, elapsed.TotalSeconds),
        };
    }

    public static void Print(Screen screen, Audit audit)
    {
        screen.Line($"{audit.Threat} on {audit.Data.Name}, seed {audit.Reproduction.Seed}");
        screen.Line();
        string[] attacks = [.. audit.Models[0].Attacks.Select(a => $"under {a.Name}")];
        var several = attacks.Length > 1;
        screen.Table(
            ["model", "clean accuracy", .. attacks, .. several ? ["worst case"] : Array.Empty<string>()],
            audit.Models.Select(m => (IReadOnlyList<string>)
            [
                m.Name, m.CleanAccuracy.ToString(), .. m.Attacks.Select(a => a.Refusal is null ? a.RobustAccuracy.ToString() : "refused"),
                .. several ? [m.WorstCase.ToString()] : Array.Empty<string>(),
            ]));
        foreach (var model in audit.Models)
        {
            if (model.WorstClass is { } worst)
                screen.Line($"{model.Name}: the worst class is {(worst < audit.Data.ClassNames.Count ? audit.Data.ClassNames[worst] : $"class {worst}")}, {model.WorstCasePerClass[worst]}");
            foreach (var attack in model.Attacks.Where(a => a.MedianDistance is not null || a.MedianQueries is not null))
            {
                screen.Line($"{model.Name}, {attack.Name}: " + string.Join(", ",
                [
                    .. attack.MedianDistance is { } distance ? new[] { $"median distance {distance:0.####}" } : [],
                    .. attack.MedianQueries is { } queries ? new[] { $"median queries to success {queries:N0}" } : [],
                ]));
            }
            foreach (var doubt in model.Doubts) screen.Line($"{doubt.Severity} on {model.Name}, {doubt.Attack} ({doubt.Code}): {doubt.Message}");
        }
    }
}
