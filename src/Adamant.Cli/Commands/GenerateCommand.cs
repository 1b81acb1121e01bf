using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Adamant.Cli.Results;
using Adamant.Models;
using Adamant.Serialization;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant generate</c>: a language model writes on after a prompt.</summary>
internal sealed class GenerateCommand : CliCommand
{
    private readonly Argument<string> model;
    private readonly Option<string?> tokenizer;
    private readonly Option<string> prompt;
    private readonly Option<int> tokens, seed;
    private readonly Option<int?> topK;
    private readonly Option<double> temperature, topP;
    private readonly Option<bool> recompute;

    public GenerateCommand() : base("generate", "Let a language model write on after a prompt.")
    {
        model = With(new Argument<string>("model") { Description = "A language model: of Adamant (.safetensors), or of llama2.c (.bin, with --tokenizer)." });
        tokenizer = With(new Option<string?>("--tokenizer") { Description = "llama2.c: the file of its pieces, e.g. tok512.bin." });
        prompt = With(new Option<string>("--prompt", "-p") { Description = "The beginning of the text; a model of llama2.c needs none.", DefaultValueFactory = _ => "" });
        tokens = With(new Option<int>("--tokens") { Description = "The most tokens to write.", DefaultValueFactory = _ => 256 }.Within(1, 1 << 20));
        temperature = With(new Option<double>("--temperature", "-t") { Description = "How daring: 0 takes the likeliest token each time.", DefaultValueFactory = _ => 1 }.Within(0));
        topK = With(new Option<int?>("--top-k") { Description = "Choose among the so many likeliest tokens only." }.Within(1));
        topP = With(new Option<double>("--top-p") { Description = "Choose among the likeliest tokens that make up this share.", DefaultValueFactory = _ => 1 }.Within(double.Epsilon, 1));
        seed = With(CommonOptions.Seed());
        recompute = With(new Option<bool>("--no-cache") { Description = "Read the whole text again for each token, for comparison." });
        Examples =
        [
            "adamant generate novel.safetensors --prompt \"Anne could \" --temperature 0.8 --top-k 40 --seed 1",
            "adamant generate stories260K.bin --tokenizer tok512.bin --temperature 0 --tokens 200",
            "adamant generate novel.safetensors --prompt \"It was \" --top-p 0.9 --json",
        ];
    }

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var path = arguments.GetRequiredValue(model);
        var beginning = arguments.GetRequiredValue(prompt);
        using var language = Open(path, arguments.GetValue(tokenizer));
        var generation = new Generation
        {
            Tokens = arguments.GetValue(tokens),
            Temperature = arguments.GetValue(temperature),
            TopK = arguments.GetValue(topK),
            TopP = arguments.GetValue(topP),
            Seed = arguments.GetValue(seed),
            Stop = language.Tokenizer.Stop,
            Cache = !arguments.GetValue(recompute),
        };

        var (text, count, watch) = (new StringBuilder(), 0, Stopwatch.StartNew());
        var known = language.Tokenizer.Encode(beginning);
        var written = generation.Continue(language.Network, known, cancellation).Select(token => { count++; return token; });
        screen.Piece(beginning);
        try
        {
            foreach (var piece in language.Tokenizer.Decode(written, known[^1]))
            {
                screen.Piece(piece);
                text.Append(piece);
            }
        }
        finally
        {
            screen.Line();                                      // also when it is broken off
        }
        var seconds = watch.Elapsed.TotalSeconds;
        screen.Note($"{count} tokens in {seconds:0.00} s, {count / seconds:0} per second");
        screen.Json(new GenerationSummary
        {
            Model = path,
            Prompt = beginning,
            Text = text.ToString(),
            Tokens = count,
            Seconds = seconds,
            TokensPerSecond = count / seconds,
            Temperature = generation.Temperature,
            TopK = generation.TopK,
            TopP = generation.TopP,
            Seed = generation.Seed,
        }, json => json.GenerationSummary);
        return ExitCode.Held;
    }

    private static LanguageModel Open(string path, string? pieces)
    {
        if (pieces is not null) return Llama2c.Open(path, pieces);
        if (Path.GetExtension(path).Equals(".bin", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{path}' has no tokenizer with it. Name the file of its pieces with --tokenizer.");
        var loaded = Inputs.Model(path);
        if (loaded.Language is { } language) return language;
        loaded.Dispose();
        throw new ArgumentException($"'{path}' is a {loaded.Card.Architecture} for {loaded.Card.Task}, and writes nothing. Expected a language model, such as: adamant train --data persuasion");
    }
}
