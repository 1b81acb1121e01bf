using System.CommandLine;
using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Cli;

/// <summary>The options that say which attacks run, and with what; and their making.</summary>
/// <param name="fallback">The attacks when none is named.</param>
/// <param name="fallbackOnTexts">The same for models of texts.</param>
internal sealed class AttackOptions(string[] fallback, string[] fallbackOnTexts)
{
    private readonly Option<string[]> attack = new("--attack", "-a")
    {
        Description = "The attacks, see below; of several, each turn is for the samples that still stand.",
        DefaultValueFactory = _ => fallback,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> steps = new Option<int?>("--steps") { Description = "Steps of an iterated attack." }.Within(1);
    private readonly Option<double?> stepSize = new("--step-size") { Description = "Length of a step, in the units of the input." };
    private readonly Option<int?> queries = new Option<int?>("--queries") { Description = "The most questions about one sample; the model refuses more than that in all." }.Within(1);
    private readonly Option<int> restarts =
        new Option<int>("--restarts") { Description = "How often each attack may start anew.", DefaultValueFactory = _ => 1 }.Within(1);

    private readonly Option<bool> online = new("--online") { Description = "Series: each step is written before the next one is known." };

    private readonly Option<string[]> set = new("--set")
    {
        Description = "Any other parameter of the attacks, as name=value.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [attack, steps, stepSize, queries, restarts, online, set];

    /// <summary>The attacks by name, in the order given; each takes the parameters that it knows.</summary>
    /// <exception cref="ArgumentException">An attack or a parameter has a name that nobody knows, or a value that does not fit.</exception>
    /// <param name="arguments">The command line.</param>
    /// <param name="surrogate">The model on which the attacks are crafted; null for the victim itself.</param>
    public IReadOnlyList<(string Name, IEvasion<IDifferentiable> Attack)> Create(ParseResult arguments, IDifferentiable? surrogate = null) =>
    [
        .. from c in Chosen(arguments, onTexts: false)
           let made = Sight(arguments, c.Entry.Create<IDifferentiable>(c.Parameters))
           let sent = surrogate is null ? made : made.Via(surrogate)
           select (c.Entry.Name, sent.Repeat(arguments.GetValue(restarts))),
    ];

    /// <summary>The victim with a hard limit on what it is asked in all, when there is one per sample: each turn of an attack, and what the harness asks itself.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="victim">Without the limit.</param>
    /// <param name="samples">How many are attacked.</param>
    /// <param name="times">Questions that reach the model for one that the attack asks: more than one where a defense is random.</param>
    public IDifferentiable Limited(ParseResult arguments, IDifferentiable victim, long samples, long times) => arguments.GetValue(queries) is { } each
        ? victim.Metered(new Meter(1 + (samples * (2 + (times * Turns(arguments) * (each + 1L))))))
        : victim;

    /// <summary>The attacks on texts by name, see <see cref="Create"/>.</summary>
    /// <exception cref="ArgumentException">As there.</exception>
    public IReadOnlyList<(string Name, ITextEvasion<ITextDifferentiable> Attack)> CreateOnTexts(ParseResult arguments) =>
        [.. Chosen(arguments, onTexts: true).Select(c => (c.Entry.Name, c.Entry.CreateOnTexts<ITextDifferentiable>(c.Parameters).Repeat(arguments.GetValue(restarts))))];

    /// <summary>Refuses names that nobody knows, before a model is loaded.</summary>
    public void Check(ParseResult arguments) => Array.ForEach(arguments.GetRequiredValue(attack), name => AttackCatalog.Find(name));

    private IEnumerable<(AttackEntry Entry, IEnumerable<KeyValuePair<string, string>> Parameters)> Chosen(ParseResult arguments, bool onTexts)
    {
        var parameters = (arguments.GetValue(set) ?? []).Select(pair => CommonOptions.Pair(pair, "--set")).ToDictionary(p => p.Name, p => p.Value);
        if (arguments.GetValue(steps) is { } count) parameters["steps"] = $"{count}";
        if (arguments.GetValue(queries) is { } most && Names(arguments, onTexts).Any(name => AttackCatalog.Find(name).Parameters.Any(p => p.Name == "queries"))) parameters["queries"] = $"{most}";
        if (arguments.GetValue(stepSize) is { } size) parameters["step-size"] = $"{size}";
        var entries = Names(arguments, onTexts).Distinct().Select(AttackCatalog.Find).ToArray();
        var known = entries.SelectMany(e => e.Parameters).Select(p => p.Name).ToHashSet();
        return entries.Select(entry => (entry, parameters.Where(p => !known.Contains(p.Key) || entry.Parameters.Any(own => own.Name == p.Key))));
    }

    private IEvasion<IDifferentiable> Sight(ParseResult arguments, IEvasion<IDifferentiable> made) => arguments.GetValue(online) ? made.Online() : made;

    private string[] Names(ParseResult arguments, bool onTexts) =>
        onTexts && arguments.GetResult(attack) is null or { Implicit: true } ? fallbackOnTexts : arguments.GetRequiredValue(attack);

    /// <summary>How often one batch is attacked at the most.</summary>
    public long Turns(ParseResult arguments) => (long)arguments.GetRequiredValue(attack).Length * arguments.GetValue(restarts);
}
