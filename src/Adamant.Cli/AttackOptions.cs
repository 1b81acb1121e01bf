using System.CommandLine;
using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Cli;

/// <summary>The options that say which attacks run, and with what; and their making.</summary>
internal sealed class AttackOptions(params string[] fallback)
{
    private readonly Option<string[]> attack = new("--attack", "-a")
    {
        Description = "The attacks, see below; of several, each turn is for the samples that still stand.",
        DefaultValueFactory = _ => fallback,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> steps = new Option<int?>("--steps") { Description = "Steps of an iterated attack." }.Within(1);
    private readonly Option<double?> stepSize = new("--step-size") { Description = "Length of a step, in the units of the input." };
    private readonly Option<int> restarts =
        new Option<int>("--restarts") { Description = "How often each attack may start anew.", DefaultValueFactory = _ => 1 }.Within(1);

    private readonly Option<bool> online = new("--online") { Description = "Series: each step is written before the next one is known." };

    private readonly Option<string[]> set = new("--set")
    {
        Description = "Any other parameter of the attacks, as name=value.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [attack, steps, stepSize, restarts, online, set];

    /// <summary>The attacks by name, in the order given; each takes the parameters that it knows.</summary>
    /// <exception cref="ArgumentException">An attack or a parameter has a name that nobody knows, or a value that does not fit.</exception>
    public IReadOnlyList<(string Name, IEvasion<IDifferentiable> Attack)> Create(ParseResult arguments)
    {
        var parameters = (arguments.GetValue(set) ?? []).Select(pair => CommonOptions.Pair(pair, "--set")).ToDictionary(p => p.Name, p => p.Value);
        if (arguments.GetValue(steps) is { } count) parameters["steps"] = $"{count}";
        if (arguments.GetValue(stepSize) is { } size) parameters["step-size"] = $"{size}";
        var entries = arguments.GetRequiredValue(attack).Distinct().Select(AttackCatalog.Find).ToArray();
        var known = entries.SelectMany(e => e.Parameters).Select(p => p.Name).ToHashSet();
        return
        [
            .. entries.Select(entry => (entry.Name, Sight(entry.Create<IDifferentiable>(
                parameters.Where(p => !known.Contains(p.Key) || entry.Parameters.Any(own => own.Name == p.Key)))).Repeat(arguments.GetValue(restarts)))),
        ];

        IEvasion<IDifferentiable> Sight(IEvasion<IDifferentiable> made) => arguments.GetValue(online) ? made.Online() : made;
    }

    /// <summary>How often one batch is attacked at the most.</summary>
    public long Turns(ParseResult arguments) => (long)arguments.GetRequiredValue(attack).Length * arguments.GetValue(restarts);
}
