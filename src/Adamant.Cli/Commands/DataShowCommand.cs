using System.CommandLine;
using Adamant.Data;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant data show</c>: the card of a set, and its first samples in numbers.</summary>
internal sealed class DataShowCommand : CliCommand
{
    private const int TextsShown = 8;
    private readonly Argument<string> data;
    private readonly DataOptions.FileOptions file = new();
    private readonly Option<bool> test;

    public DataShowCommand() : base("show", "Show what a data set is: size, shape, classes, license, source, hash.")
    {
        data = With(new Argument<string>("data") { Description = "A data set's name or a file." });
        foreach (var option in file.All) With(option);
        test = With(new Option<bool>("--test") { Description = "The test part instead of the training part." });
        Examples = ["adamant data show fashion-mini", "adamant data show my.csv --json"];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var part = arguments.GetValue(test) ? DatasetPart.Test : DatasetPart.Train;
        using var set = file.Open(arguments, arguments.GetRequiredValue(data), part);
        var card = set.Card;
        screen.Json(card, json => json.DatasetCard);
        screen.Table(["", ""],
        [
            ["name", card.Name],
            ["what it is", card.Description],
            ["rows", $"{card.Rows:N0}"],
            ["input", card.Input.ToString()],
            ["task", card.Task.ToString()],
            ["license", card.License],
            ["source", card.Source],
            ["sha-256", card.Sha256.Length > 0 ? card.Sha256 : "none: generated, or put together in memory"],
        ]);
        if (card.Task == LearningTask.Classification)
        {
            screen.Line();
            screen.Table(["class", "rows", "share"], Classes(set).Select(c => new[] { c.Name, $"{c.Rows:N0}", $"{100.0 * c.Rows / card.Rows:0.0} %" }));
        }
        if (card.FeatureNames.Count > 0) screen.Line($"Features: {string.Join(", ", card.FeatureNames)}");
        if (set is TextDataset texts) ShowTexts(screen, texts);
        return ExitCode.Held;
    }

    private static void ShowTexts(Screen screen, TextDataset texts)
    {
        screen.Line();
        screen.Line($"Tokens: {texts.Encoding}; the median text has {texts.Lengths.Order().ElementAt(texts.Lengths.Count / 2):N0}, {texts.Cut:N0} texts are cut");
        screen.Line();
        using var first = texts.Read(0, Math.Min(TextsShown, texts.Count));
        var labels = first.Labels.to_type(ScalarType.Float64).data<double>().ToArray();
        screen.Table(["label", "text"], labels.Select((label, row) => new[] { label < texts.Card.ClassNames.Count ? texts.Card.ClassNames[(int)label] : $"{label}", Screen.Shorten(texts.Texts[row]) }));
    }

    private static IEnumerable<(string Name, long Rows)> Classes(IDataset set)
    {
        using var all = set.ReadAll();
        using var counts = all.Labels.bincount(null, set.Card.ClassNames.Count);
        return set.Card.ClassNames.Zip(counts.data<long>().ToArray());
    }
}
