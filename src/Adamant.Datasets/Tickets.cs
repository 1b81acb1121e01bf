using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Support tickets in eight classes, the article's "charged twice" among them, embedded.</summary>
/// <remarks>152 tickets, 19 of each class; every fifth (4, 9, 14, …) is for the test. Written by hand for this project: small, clean, and easier than real ones.</remarks>
public sealed class Tickets : TextSet
{
    private const string File = "tickets.tsv.gz";

    /// <inheritdoc/>
    public override string Name => "tickets";

    /// <inheritdoc/>
    public override Availability Availability => Availability.Embedded;

    /// <inheritdoc/>
    public override DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Support tickets: what is the matter?",
        Input = AnyTokens,
        Rows = EmbeddedTable.Count(152, part),
        ClassNames = ["charged-twice", "refund-late", "card-lost", "login", "delivery", "cancel", "app-crash", "invoice"],
        License = "MIT",
        Source = "Written by hand for Adamant",
        Sha256 = "6a6c0c427aca2ec23757c6de370f6f0824671554f40fab36fc8cca6f8c607491",
    };

    private protected override Table Read(DatasetPart part) => Split(TextFile.ReadTable(File, EmbeddedFile.Open(File)), part);
}
