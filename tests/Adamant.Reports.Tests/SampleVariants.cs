using Adamant.Auditing;
using Adamant.Models;
using Adamant.Victims;

namespace Adamant.Reports.Tests;

/// <summary>Audits as they should be, and as they should not be but will.</summary>
internal static class SampleVariants
{
    public static readonly string[] Names = ["Fashion", "Signals", "Table", "OneClass", "Bare", "Hostile", "Many"];

    private const string Hostile = "<script>alert(\"1\")</script>&'\u0000\uD800]]>";

    public static Audit Get(string name)
    {
        var audit = SampleAudit.Fashion();
        var model = audit.Models[0];
        return name switch
        {
            "Fashion" => audit,
            "Signals" => SampleAudit.Signals(),
            "Table" => SampleAudit.Table(),
            "OneClass" => audit with { Models = [SampleAudit.Model("one", InputSpec.Image(1, 28, 28), ["only"], "Plain", 500, (500, 500), 0)] },
            "Bare" => audit with { Models = [Bare(model)] },
            "Many" => audit with { Models = [.. Enumerable.Range(0, 8).Select(i => Diverged(model) with { Name = $"model {i}" })] },
            _ => audit with
            {
                Title = Hostile,
                Threat = Hostile,
                Reproduction = audit.Reproduction with { Command = Hostile, Machine = Hostile, Engine = Hostile, AdamantVersion = Hostile },
                Data = audit.Data with { Name = Hostile, License = Hostile, Source = Hostile, ClassNames = [.. audit.Data.ClassNames.Select(_ => Hostile)] },
                Models =
                [
                    model with
                    {
                        Name = Hostile,
                        File = Hostile,
                        Attacks = [.. model.Attacks.Select(a => a with { Name = Hostile, Parameters = Hostile })],
                        Curves = [.. model.Curves.Take(1).Select(c => c with { Attack = Hostile, Norm = Hostile })],
                        Examples = [.. model.Examples.Select(e => e with { Attack = Hostile })],
                        Card = WithHistory(model.Card, e => e with { Probes = new Dictionary<string, double> { [Hostile] = 0.5 } }),
                    },
                ],
            },
        };
    }

    /// <summary>A model that nobody attacked and of which nobody knows anything.</summary>
    private static AuditedModel Bare(AuditedModel model) => model with
    {
        Attacks = [],
        Curves = [],
        Examples = [],
        CleanAccuracy = default,
        Card = model.Card with { Provenance = null, Mean = null, Std = null },
    };

    /// <summary>A training that went wrong: the loss is no number, an error is larger than 1.</summary>
    private static AuditedModel Diverged(AuditedModel model) => model with
    {
        Card = WithHistory(model.Card, e => e with
        {
            TrainLoss = double.NaN,
            ValidationLoss = null,
            Validation = new Dictionary<string, double> { ["rmse"] = 12.5 },
        }),
    };

    private static ModelCard WithHistory(ModelCard card, Func<EpochReport, EpochReport> change) =>
        card with { Provenance = card.Provenance! with { History = [.. card.Provenance.History.Select(change)] } };
}
