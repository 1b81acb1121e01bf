using Adamant.Auditing;
using Adamant.Models;

namespace Adamant.Reports.Sections;

/// <summary>What each model is, and where it comes from.</summary>
internal static class ModelCards
{
    public static Html Render(Audit audit) => Html.Join(audit.Models.Select(Card));

    private static Html Card(AuditedModel model, int index)
    {
        var (card, origin) = (model.Card, model.Card.Provenance);
        return Tables.Facts(
            $"model-{index}",
            $"The {model.Name} model",
            ("Architecture", card.Architecture),
            ("Arguments", string.Join(", ", card.Arguments.Select(a => $"{a.Key} = {a.Value}"))),
            ("Parameters", Words.Count(model.ParameterCount)),
            ("Input", Words.Input(card.Input)),
            ("Normalization", Normalization(card)),
            ("Task", Words.Task(card.Task)),
            ("Classes", Classes(card.ClassNames)),
            ("Weights", model.File.Length > 0 ? model.File : "not saved"),
            ("SHA-256 of the weights", model.Sha256),
            ("Trained on", origin?.Dataset ?? "not recorded"),
            ("SHA-256 of the training data", origin?.DatasetSha256 ?? ""),
            ("Objective", origin?.Objective ?? ""),
            ("Training seed", origin is null ? "" : $"{origin.Seed}"),
            ("Training command", origin?.Command ?? ""),
            ("Trained", origin is null ? "" : $"{origin.Created:yyyy-MM-dd HH:mm zzz} with Adamant {origin.AdamantVersion}"),
            ("Metrics after training", origin is null ? "" : string.Join(", ", origin.Metrics.Select(m => $"{m.Key} {Words.Number(m.Value)}"))));
    }

    private static string Normalization(ModelCard card) =>
        card is { Mean: { } mean, Std: { } std } ? $"(x − [{string.Join(", ", mean)}]) / [{string.Join(", ", std)}], inside the model" : "none";

    internal static string Classes(IReadOnlyList<string> names) => names.Count == 0 ? "" : $"{names.Count}: {string.Join(", ", names)}";
}
