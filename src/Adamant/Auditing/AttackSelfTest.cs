using System.Reflection;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>Before a score is believed, the attack must reach optima that are known: it is run on tiny models whose robust accuracy follows from a formula.</summary>
/// <remarks>
/// Each attack is judged by what it sees: with gradients, samples at 0.9 ε from the border must fall; with scores those at 0.7 ε; with labels those at 0.6 ε. Samples
/// beyond ε cannot. What an attack must reach is mandatory: the linear model in its norms (Linf and L2; in L1 and L0 if it searches in no other), a model that is
/// easy, one with dropout that somebody left on; with scores or labels only, also quantized inputs, and with labels only saturated outputs. Gradients do not
/// get through the planted masks: an attack that follows them is reported as blind there, and has not failed.
/// </remarks>
public static class AttackSelfTest
{
    private const double Epsilon = 0.125;                       // the range of the planted inputs is then [0, 1]
    private const double Noise = 0.2, Saturation = 1e5, Levels = 64;

    /// <summary>All cases for one attack: the linear model in each norm, and the others in the first norm that the attack takes.</summary>
    /// <param name="name">The attack's name.</param>
    /// <param name="attack">With its parameters.</param>
    /// <param name="cancellation">Obeyed within one step of the attack.</param>
    public static IReadOnlyList<SelfTestResult> Examine(string name, IEvasion<IDifferentiable> attack, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(attack);
        Ball[] balls = [new Linf(Epsilon), new L2(Epsilon), new L1(Epsilon), new L0(3)];
        var linear = balls.Select(ball => Linear(name, attack, ball, isMandatory: ball is Linf or L2, cancellation)).ToList();
        var first = linear.FindIndex(r => r.Verdict != SelfTestVerdict.NotApplicable);
        if (first >= 2) linear[first] = Linear(name, attack, balls[first], isMandatory: true, cancellation);
        return [.. linear, .. Others(name, attack, balls[Math.Max(first, 0)], mandatoryOnly: false, cancellation)];
    }

    /// <summary>Why the scores of an attack are refused at a ball; null when it passes all mandatory cases there, or none applies.</summary>
    /// <param name="attack">With its actual parameters.</param>
    /// <param name="ball">The norm and ε of the threat; factors and slopes are left aside.</param>
    /// <param name="cancellation">Obeyed within one step of the attack.</param>
    public static string? Refusal(IEvasion<IDifferentiable> attack, Ball ball, CancellationToken cancellation = default) => Judge(attack, ball, cancellation).Refusal;

    /// <summary>The refusal, and whether any mandatory case applies: a score of an attack that none could examine is no evidence either.</summary>
    internal static (string? Refusal, bool IsExamined) Judge(IEvasion<IDifferentiable> attack, Ball ball, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(attack);
        ArgumentNullException.ThrowIfNull(ball);
        while (ball is Scaled or Smooth) ball = ball is Scaled scaled ? scaled.Inner : ((Smooth)ball).Inner;
        if (ball.Radius == 0) return (null, true);              // nothing may move: every attack is right
        var examined = false;
        foreach (var result in Others("", attack, ball, mandatoryOnly: true, cancellation).Prepend(Linear("", attack, ball, isMandatory: true, cancellation)))
        {
            if (result.Verdict == SelfTestVerdict.Failed) return ($"It fails the self-test ({result.Case}): {result.Reason}", true);
            examined |= result.Verdict != SelfTestVerdict.NotApplicable;
        }
        return (null, examined);
    }

    private static SelfTestResult Linear(string name, IEvasion<IDifferentiable> attack, Ball ball, bool isMandatory, CancellationToken cancellation)
    {
        var falls = Sight(attack) switch { Sees.Gradients => 0.9, Sees.Scores => 0.7, _ => 0.6 };
        return Try(name, attack, $"linear in {ball.Norm}", ball, falls, 2 - falls, isMandatory, (planted, x, _) => planted.Logits(x), cancellation);
    }

    private static IEnumerable<SelfTestResult> Others(
        string name, IEvasion<IDifferentiable> attack, Ball ball, bool mandatoryOnly, CancellationToken cancellation)
    {
        var sees = Sight(attack);
        using var generator = new Generator(11, CPU);
        (string Case, double? Holds, bool Mandatory, Func<PlantedModel, Tensor, bool, Tensor> Logits)[] cases =
        [
            ("an easy model", null, true, (planted, x, _) => planted.Logits(x, margin => 3 * margin.tanh())),
            ("dropout left on", 1.5, true, (planted, x, training) => nn.functional.dropout(planted.Logits(x), training: training)),
            ("saturated outputs", 1.5, sees == Sees.Labels, (planted, x, _) => Saturation * planted.Logits(x)),
            ("quantized inputs", 1.5, sees != Sees.Gradients, (planted, x, _) => planted.Logits((x / planted.Input.Max * Levels).round() / Levels * planted.Input.Max)),
            ("randomized outputs", 1.5, false, (planted, x, _) => planted.Logits(x) is var z ? z + (Noise * randn(z.shape, generator: generator)) : z),
        ];
        foreach (var (title, holds, mandatory, logits) in cases)
            if (mandatory || !mandatoryOnly) yield return Try(name, attack, title, ball, 0.5, holds, mandatory, logits, cancellation);
    }

    private static SelfTestResult Try(
        string name, IEvasion<IDifferentiable> attack, string title, Ball ball, double falls, double? holds, bool isMandatory,
        Func<PlantedModel, Tensor, bool, Tensor> logits, CancellationToken cancellation)
    {
        using var planted = new PlantedModel(ball, falls, holds);
        var count = planted.Data.Count;
        var truth = new Proportion(count - planted.Falling, count);
        SelfTestResult Result(SelfTestVerdict verdict, Proportion reached, string reason) => new(name, title, verdict, isMandatory, reached, truth, reason);
        if (Restriction(attack) is { } why) return Result(SelfTestVerdict.NotApplicable, default, $"It {why}.");
        try
        {
            using var module = new PlantedNetwork((x, training) => logits(planted, x, training));
            using var result = attack.Against<IDifferentiable>(new ModuleVictim(module, planted.Input), planted.Data, new Threat(planted.Ball), cancellation: cancellation);
            var reached = result.RobustAccuracy;
            if (reached.Successes <= truth.Successes) return Result(SelfTestVerdict.Passed, reached, "");
            return Result(
                isMandatory ? SelfTestVerdict.Failed : SelfTestVerdict.Blind, reached,
                $"it leaves {reached.Successes} of {reached.Trials} samples standing at {planted.Ball} where {truth.Successes} can stand.");
        }
        catch (ArgumentException e)
        {
            return Result(SelfTestVerdict.NotApplicable, default, e.Message.Split(" (Parameter")[0]);
        }
    }

    /// <summary>What the attack does instead of searching the ball; null where it, or one of several that take turns, searches.</summary>
    private static string? Restriction(IEvasion<IDifferentiable> attack) => Members(attack) is { } several
        ? several.Select(Restriction).Aggregate((all, one) => one is null ? null : all)
        : attack.GetType().GetCustomAttribute<RestrictedAttribute>()?.Why;

    private static IReadOnlyList<IEvasion<IDifferentiable>>? Members(IEvasion<IDifferentiable> attack) => attack switch
    {
        Ensemble<IEvasion<IDifferentiable>> several => several.Attacks,
        Ensemble<IEvasion<IScoring>> several => several.Attacks,
        Ensemble<IEvasion<IClassifier>> several => several.Attacks,
        _ => null,
    };

    private enum Sees
    {
        Labels,
        Scores,
        Gradients,
    }

    /// <summary>What the attack needs to see; of several that take turns, what the one needs that sees most.</summary>
    private static Sees Sight(IEvasion<IDifferentiable> attack) => attack switch
    {
        _ when Members(attack) is { } several => several.Max(Sight),
        IEvasion<IClassifier> => Sees.Labels,
        IEvasion<IScoring> => Sees.Scores,
        _ => Sees.Gradients,
    };
}
