using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>English text messages, wanted or spam, read from the user's file.</summary>
/// <remarks>
/// 5,574 messages, of which 403 repeat an earlier one: they are left out, so that no message is in both parts. Of the 5,171 others every fifth (4, 9, 14, …) is for the test.
/// Source: Almeida, Gómez Hidalgo, Yamakami, DocEng 2011; UCI Machine Learning Repository, data set 228.
/// </remarks>
/// <param name="folder">Holds <c>sms-spam</c>; null for nowhere.</param>
public sealed class SmsSpam(string? folder = null) : TextSet
{
    private const string File = "SMSSpamCollection.tsv";
    private readonly UserFolder files = new(folder, "sms-spam", File);

    /// <inheritdoc/>
    public override string Name => "sms-spam";

    /// <inheritdoc/>
    public override Availability Availability => files.Availability;

    /// <inheritdoc/>
    public override DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Text messages: is it spam?",
        Input = AnyTokens,
        Rows = EmbeddedTable.Count(5171, part),
        ClassNames = ["ham", "spam"],
        License = "CC BY 4.0 (UCI)",
        Source = "Almeida, Gómez Hidalgo, Yamakami, SMS Spam Collection v.1, UCI data set 228",
        Sha256 = "7d039a24a6083ed9ef0f806ebad56bbb976e3aeb8de05669173bfdc4996c239d",
    };

    private protected override Table Read(DatasetPart part)
    {
        var table = TextFile.ReadTable(files.PathOf(File));
        var distinct = table.Rows.Index().DistinctBy(r => (r.Item[0], r.Item[1])).Select(r => r.Index);
        return Split(table.Select(distinct), part);
    }
}
