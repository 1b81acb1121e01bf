using System.CommandLine;
using System.Globalization;
using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Victims;

namespace Adamant.Cli;

/// <summary>The options that say how far an attacker may move a sample, and their reading.</summary>
internal sealed class BallOptions
{
    private readonly Option<double> epsilon = CommonOptions.Epsilon();
    private readonly Option<string> norm = CommonOptions.Norm();
    private readonly Option<string?> channels = new("--channel-epsilon") { Description = "An ε for each channel instead of --epsilon, with commas between; 0 for one that cannot be written." };
    private readonly Option<double?> slope = new("--slope") { Description = "Series: the largest change of the move from one step to the next." };
    private readonly Option<int?> from = new Option<int?>("--from-step") { Description = "Series: the first step that can be written, counted from 1; the past cannot." }.Within(1);

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [epsilon, norm, channels, slope, from];

    /// <summary>Whether the user gave any of them.</summary>
    public bool AreGiven(ParseResult arguments) => All.Any(o => arguments.GetResult(o) is { Implicit: false });

    /// <summary>Whether the user said how far a sample may be moved.</summary>
    public bool HasSize(ParseResult arguments) => arguments.GetResult(epsilon) is { Implicit: false } || arguments.GetValue(channels) is not null;

    /// <summary>What the attacker may do to samples of that shape.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="samples">Shape <c>[N, …]</c>.</param>
    /// <param name="fallback">The norm where the user names none; null for the option's own default.</param>
    /// <exception cref="ArgumentException">The options do not fit the samples.</exception>
    public Ball Read(ParseResult arguments, Tensor samples, string? fallback = null)
    {
        var name = fallback is not null && (arguments.GetResult(norm) is null or { Implicit: true }) ? fallback : arguments.GetRequiredValue(norm);
        Ball ball = arguments.GetValue(channels) is { } text
            ? new Scaled(CommonOptions.Ball(name, 1), Factors(text, samples.shape))
            : CommonOptions.Ball(name, arguments.GetValue(epsilon));
        if (arguments.GetValue(from) is { } step) ball = new Scaled(ball, Mask(step, Series(samples, "--from-step")));
        if (arguments.GetValue(slope) is { } most)
        {
            Series(samples, "--slope");
            ball = new Smooth(ball, most > 0 ? most : throw new ArgumentException($"Expected a --slope above 0, got {most}."));
        }
        return ball;
    }

    /// <summary>The same under constraints: ε is 1 for the whole change of each column, unless the user gives another.</summary>
    /// <exception cref="ArgumentException">Options that say the same in another way.</exception>
    public Ball Read(ParseResult arguments, Tensor samples, FeatureConstraints? constraints, InputSpec input)
    {
        if (constraints is null) return Read(arguments, samples);
        if (arguments.GetValue(channels) is not null) throw new ArgumentException("Expected --channel-epsilon or --constraints, got both: the file gives each column its ε.");
        double? radius = arguments.GetResult(epsilon) is null or { Implicit: true } ? null : arguments.GetValue(epsilon);
        return ConstraintOptions.Ball(constraints, arguments.GetRequiredValue(norm), radius, input);
    }

    /// <summary>Whether ε is given for each channel, or for all of them alike.</summary>
    public bool IsOneForAll(ParseResult arguments) => arguments.GetValue(channels) is null;

    /// <summary>One factor per channel: the last dimension of tables and series, the first of images.</summary>
    private static Tensor Factors(string text, long[] shape)
    {
        var numbers = text.Split(',').Select(part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) && number >= 0
            ? number
            : throw new ArgumentException($"Expected --channel-epsilon with numbers of at least 0 and commas between, got '{text}'.")).ToArray();
        var channel = shape.Length == 4 ? 1 : shape.Length - 1;
        if (numbers.Length != shape[channel]) throw new ArgumentException($"Expected --channel-epsilon with {shape[channel]} numbers, one per channel, got {numbers.Length}.");
        return tensor(numbers).reshape([.. shape.Select((_, i) => i == channel ? numbers.Length : 1L)]);
    }

    private static Tensor Mask(int first, long steps)
    {
        if (first > steps) throw new ArgumentException($"Expected --from-step of at most {steps}, the length of the series, got {first}.");
        return arange(1, steps + 1, dtype: ScalarType.Float32).ge(first).to_type(ScalarType.Float32).reshape(1, steps, 1);
    }

    /// <summary>The length of the series.</summary>
    private static long Series(Tensor samples, string option) => samples.dim() == 3
        ? samples.shape[1]
        : throw new ArgumentException($"{option} is for series, samples of shape [steps, channels]; these are [{string.Join(", ", samples.shape[1..])}].");
}
