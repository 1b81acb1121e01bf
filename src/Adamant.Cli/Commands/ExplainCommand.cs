using System.CommandLine;
using Adamant.Data;
using Adamant.Explaining;
using Adamant.Reports;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant explain</c>: shows how a model comes to its answer about one sample.</summary>
internal sealed class ExplainCommand : CliCommand
{
    private readonly Argument<string> model;
    private readonly DataOptions data = new();
    private readonly Option<long> sample;
    private readonly Option<string> output;

    public ExplainCommand() : base("explain", "Show how a model comes to its answer: one HTML page and explanation.json.")
    {
        model = With(CommonOptions.Model());
        foreach (var option in data.All) With(option);
        sample = With(new Option<long>("--sample", "-s") { Description = "The row of the data to explain, from 0.", DefaultValueFactory = _ => 0 }.Within(0));
        output = With(new Option<string>("--output", "-o") { Description = "The folder of the page.", DefaultValueFactory = _ => "adamant-explain" });
        Examples =
        [
            "adamant explain model.safetensors --data fashion-mini --sample 3",
            "adamant explain model.safetensors --data wdbc --output explained --json",
        ];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(output);
        Inputs.CheckFolder(folder);
        using var loaded = Inputs.Model(arguments.GetRequiredValue(model));
        using var dataset = data.Open(arguments, DatasetPart.Test, loaded);
        var explanation = Explainer.Explain(loaded, dataset, arguments.GetValue(sample), cancellation) with
        {
            AdamantVersion = App.Version,
            Command = CommandText.Of(arguments),
        };
        ExplanationReport.Write(explanation, folder);

        screen.Json(ExplanationJson.ToText(explanation));
        Print(screen, explanation);
        screen.Note($"Page: {Path.Combine(folder, ExplanationReport.PageName)}");
        return ExitCode.Held;
    }

    private static void Print(Screen screen, Explanation explanation)
    {
        var found = explanation.Sample!;
        string Name(int index) => explanation.Model!.ClassNames is { Count: > 0 } names && index < names.Count ? names[index] : $"{index}";
        screen.Line(found.Confidences.Count == 0
            ? $"Number {found.Index}: {found.Logits[0]:0.####}, in truth {found.Label:0.####}"
            : $"Number {found.Index}: {Name(found.Output)} ({100 * found.Confidences[found.Output]:0.0} %), in truth {Name((int)found.Label)}");
    }
}
