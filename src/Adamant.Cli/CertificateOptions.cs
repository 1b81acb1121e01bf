using System.CommandLine;
using System.Globalization;
using Adamant.Certification;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Cli;

/// <summary>The options that say how a model is certified, and the making of the certificate.</summary>
internal sealed class CertificateOptions
{
    private const string Smoothing = "smoothing", Intervals = "ibp", Linear = "crown", Mixed = "crown-ibp", Exact = "exact";

    private readonly Option<string> method = new Option<string>("--method")
    {
        Description = "ibp (intervals), crown (linear bounds), crown-ibp (linear bounds, intervals inside), exact (linear models), smoothing (any model trained under noise).",
        DefaultValueFactory = _ => Intervals,
    }.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Smoothing, Intervals, Linear, Mixed, Exact);

    private readonly Option<double> sigma = CommonOptions.Sigma();
    private readonly Option<int> draws = new Option<int>("--draws", "--n") { Description = "smoothing: noisy copies that estimate the probability.", DefaultValueFactory = _ => 100_000 }.Within(1);
    private readonly Option<int> selection = new Option<int>("--selection") { Description = "smoothing: noisy copies that choose the class.", DefaultValueFactory = _ => 100 }.Within(1);
    private readonly Option<double> alpha = new Option<double>("--alpha") { Description = "smoothing: the chance that a certificate is wrong.", DefaultValueFactory = _ => 0.001 }.Within(1e-12, 0.499);
    private readonly Option<string?> radii = new("--radii") { Description = "Distances of the table, with commas between." };

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [method, sigma, draws, selection, alpha, radii];

    /// <summary>Whether the certificate is about the smoothed classifier instead of the model itself.</summary>
    public bool IsSmoothing(ParseResult arguments) => Method(arguments) == Smoothing;

    /// <summary>The certificate of a model.</summary>
    /// <exception cref="ArgumentException">The method proves nothing about such a model.</exception>
    public ICertificate Create(ParseResult arguments, LoadedModel loaded, int seed, IProgress<(long Done, long All)> progress)
    {
        var chosen = Method(arguments);
        if (chosen == Smoothing)
        {
            return new RandomizedSmoothing(loaded.Victim, arguments.GetValue(sigma))
            {
                Draws = arguments.GetValue(draws),
                Selection = arguments.GetValue(selection),
                Alpha = arguments.GetValue(alpha),
                Seed = seed,
                Progress = progress,
            };
        }
        if (loaded.Card.Mean is not null) throw new ArgumentException("The model normalizes its inputs, which bounds are not carried through: certify it by --method smoothing.");
        return chosen switch
        {
            Exact => new ExactLinear(loaded.Network),
            Linear or Mixed => new Crown(loaded.Network) { IntervalsInside = chosen == Mixed },
            _ => new IntervalBounds(loaded.Network),
        };
    }

    /// <summary>What an attacker of that certificate faces.</summary>
    public static IDifferentiable Victim(LoadedModel loaded, ICertificate certificate) => certificate is RandomizedSmoothing smoothing
        ? new SmoothedVictim(loaded.Victim, smoothing.Sigma) { Votes = smoothing with { Progress = null } }
        : loaded.Victim;

    /// <summary>The distances of the table, in rising order, ε among them.</summary>
    /// <exception cref="ArgumentException">One is no number of at least 0.</exception>
    public IReadOnlyList<double> Radii(ParseResult arguments, double epsilon)
    {
        double[] chosen = arguments.GetValue(radii) is { } text
            ? [.. text.Split(',').Select(Number)]
            : Method(arguments) switch
            {
                Smoothing => [.. Enumerable.Range(0, 5).Select(i => i * arguments.GetValue(sigma))],
                Exact => [0, epsilon / 2, 2 * epsilon],
                _ => [0],
            };
        return [.. chosen.Append(epsilon).Distinct().Order()];
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && double.IsFinite(number)
        ? number
        : throw new ArgumentException($"Expected --radii with numbers of at least 0 and commas between, got '{text}'.");

    private string Method(ParseResult arguments) => arguments.GetRequiredValue(method).ToLowerInvariant();
}
