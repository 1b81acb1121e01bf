using System.CommandLine;
using Adamant.Defenses.Inputs;
using Adamant.Victims;

namespace Adamant.Cli;

/// <summary>The options that put sanitizers in front of a model, and their reading.</summary>
internal sealed class DefenseOptions
{
    private readonly Option<string[]> sanitizer = new("--sanitizer")
    {
        Description = "Clean the inputs first: bit-depth=3 median=3 jpeg=75 …, one after another. Attacks then go past it as well (BPDA; EOT where it is random).",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> draws = new Option<int>("--draws")
    {
        Description = "How often an adaptive attack asks a random sanitizer at each step.",
        DefaultValueFactory = _ => 20,
    }.Within(1, 10_000);

    /// <summary>The sanitizers alone, for commands that attack nothing.</summary>
    public Option<string[]> Sanitizer => sanitizer;

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [sanitizer, draws];

    /// <summary>What the user named; empty when nothing.</summary>
    /// <exception cref="ArgumentException">A name that nobody knows, or a value that does not fit.</exception>
    public InputDefense Read(ParseResult arguments) => new() { Sanitizers = [.. (arguments.GetValue(sanitizer) ?? []).Select(DefenseCatalog.Sanitizer)] };

    /// <summary>How often a random defense is asked.</summary>
    public int Draws(ParseResult arguments) => arguments.GetValue(draws);

    /// <summary>Refuses sanitizers in front of texts.</summary>
    public static void CheckTensors(InputDefense defense, ITextDifferentiable? texts)
    {
        if (texts is not null && !defense.IsEmpty) throw new ArgumentException("The model reads texts, and --sanitizer cleans numbers. Leave it out.");
    }
}
