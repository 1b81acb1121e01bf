using System.CommandLine;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Adamant.Cli;

/// <summary>
/// Where a command writes: results to standard output, progress to standard error. Tables and bars on a terminal, plain lines when redirected.
/// </summary>
internal sealed class Screen
{
    /// <summary>For a terminal or a file, never for a page: ε stays ε.</summary>
    private static readonly CliJson Readable = new(new JsonSerializerOptions(CliJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private const int LongestText = 90;
    private static readonly TimeSpan PlainLineEvery = TimeSpan.FromSeconds(5);
    private readonly TextWriter output, error;
    private readonly IAnsiConsole outputConsole, errorConsole;
    private readonly bool outputIsTerminal, errorIsTerminal;

    public Screen(InvocationConfiguration configuration, bool json)
    {
        (output, error, IsJson) = (configuration.Output, configuration.Error, json);
        outputIsTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        errorIsTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        outputConsole = CreateConsole(output, outputIsTerminal);
        errorConsole = CreateConsole(error, errorIsTerminal);
    }

    /// <summary>The user asked for JSON: nothing else may go to standard output.</summary>
    public bool IsJson { get; }

    /// <summary>A line of the result; silent with <c>--json</c>.</summary>
    public void Line(string text = "")
    {
        if (!IsJson) output.WriteLine(text);
    }

    /// <summary>A part of a line of the result, shown at once; silent with <c>--json</c>. What controls a terminal is shown as U+FFFD.</summary>
    public void Piece(string text)
    {
        if (IsJson) return;
        output.Write(string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c)));
        output.Flush();
    }

    /// <summary>The result for machines, as JSON already; silent without <c>--json</c>.</summary>
    public void Json(string text)
    {
        if (IsJson) output.WriteLine(text);
    }

    /// <summary>The result for machines; silent without <c>--json</c>.</summary>
    /// <param name="value">The result.</param>
    /// <param name="type">Chooses its generated description.</param>
    public void Json<T>(T value, Func<CliJson, JsonTypeInfo<T>> type)
    {
        if (IsJson) Json(JsonSerializer.Serialize(value, type(Readable)));
    }

    /// <summary>The beginning of a text on one line.</summary>
    public static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ").Replace('\t', ' ');
        return line.Length > LongestText ? line[..LongestText].TrimEnd() + "…" : line;
    }

    /// <summary>A remark on what is going on, to standard error.</summary>
    public void Note(string text) => error.WriteLine(text);

    /// <summary>A table of the result; silent with <c>--json</c>. Columns of numbers are aligned to the right.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (IsJson) return;
        IReadOnlyList<string>[] body = [.. rows];
        bool[] numeric = [.. columns.Select((_, i) => body.All(row => row[i] is "" or "–" || row[i].TrimStart('-') is [>= '0' and <= '9', ..]))];
        if (outputIsTerminal) WriteTable(columns, body, numeric);
        else WriteLines([columns, .. body], numeric);
    }

    private void WriteTable(IReadOnlyList<string> columns, IReadOnlyList<string>[] body, bool[] numeric)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.ShowHeaders = columns.Any(c => c.Length > 0);
        for (var i = 0; i < columns.Count; i++)
            table.AddColumn(new TableColumn(new Text(columns[i])) { Alignment = numeric[i] ? Justify.Right : Justify.Left });
        foreach (var row in body) table.AddRow(row.Select(cell => new Text(cell)));
        outputConsole.Write(table);
    }

    private void WriteLines(IReadOnlyList<string>[] lines, bool[] numeric)
    {
        var widths = lines[0].Select((_, i) => lines.Max(line => line[i].Length)).ToArray();
        foreach (var line in lines.Where(line => line.Any(cell => cell.Length > 0)))
            output.WriteLine(string.Join("  ", line.Select((cell, i) => numeric[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }

    /// <summary>Runs long work that reports how far it is: a live bar on a terminal, a plain line every few seconds elsewhere.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="work">Receives a callback: the share done, from 0 to 1, and a few words.</param>
    public T Track<T>(string title, Func<Action<double, string>, T> work) => errorIsTerminal ? TrackLive(title, work) : TrackPlain(title, work);

    private T TrackLive<T>(string title, Func<Action<double, string>, T> work)
    {
        error.WriteLine(title);                                 // a line of its own: the row below has to fit into 80 columns
        var left = new TimeLeft();
        return errorConsole.Progress()
            .AutoClear(false)
            .Columns(new ProgressBarColumn { Width = 16 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var task = context.AddTask("starting", maxValue: 1);
                var result = work((share, words) =>
                {
                    task.Description = Markup.Escape($"{words}  {left.At(share)}");
                    task.Value = share;
                });
                task.Value = 1;
                return result;
            });
    }

    private T TrackPlain<T>(string title, Func<Action<double, string>, T> work)
    {
        var clock = Stopwatch.StartNew();
        var next = PlainLineEvery;
        var left = new TimeLeft();
        error.WriteLine(title);
        return work((share, words) =>
        {
            var remaining = left.At(share);
            if (clock.Elapsed < next) return;
            next = clock.Elapsed + PlainLineEvery;
            error.WriteLine($"{title}: {100 * share:0} %  {words}  {remaining}");
        });
    }

    private static IAnsiConsole CreateConsole(TextWriter writer, bool terminal) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
        Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
    });
}
