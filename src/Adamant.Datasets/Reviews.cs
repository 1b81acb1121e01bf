using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Reviews of fine foods, bad or great, embedded.</summary>
/// <remarks>
/// 1,800 + 600 texts of at most 400 characters, as many of each class. A linear baseline reaches 78.5 %. Source: Kuhn, R package modeldata, <c>small_fine_foods</c>, MIT; the terms of
/// the original publisher are not stated.
/// </remarks>
public sealed class Reviews : TextSet
{
    /// <inheritdoc/>
    public override string Name => "reviews";

    /// <inheritdoc/>
    public override Availability Availability => Availability.Embedded;

    /// <inheritdoc/>
    public override DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Reviews of fine foods: is it a great one?",
        Input = AnyTokens,
        Rows = part == DatasetPart.Train ? 1800 : 600,
        ClassNames = ["negative", "positive"],
        License = "MIT (package; original terms not stated)",
        Source = "Kuhn, modeldata: small_fine_foods",
        Sha256 = part == DatasetPart.Train ? "f36abac6d59a870a5d61f37c09e8602f4c639c8dd3e93ba8f63b3158ca4c791d" : "d50fab99702c89c44500e7a6f1bfc8aeb593e8321bcc74b197d57318f7b612ca",
    };

    private protected override Table Read(DatasetPart part)
    {
        var file = part == DatasetPart.Train ? "reviews-train.tsv.gz" : "reviews-test.tsv.gz";
        return TextFile.ReadTable(file, EmbeddedFile.Open(file));
    }
}
