using System.CommandLine;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Certification;
using Adamant.Cli.Results;
using Adamant.Data;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant certify</c>: how much of a model's accuracy no attack can take.</summary>
internal sealed class CertifyCommand : CliCommand
{
    private readonly Argument<string> model;
    private readonly DataOptions data = new();
    private readonly CertificateOptions certificates = new();
    private readonly BallOptions balls = new();
    private readonly Option<string[]> bracket;
    private readonly Option<long?> limit;
    private readonly Option<int> seed;
    private readonly Option<double?> failUnder;

    public CertifyCommand() : base("certify", "Prove for each sample that no attack can succeed, and count.")
    {
        model = With(CommonOptions.Model());
        foreach (var option in data.All.Concat(certificates.All).Concat(balls.All)) With(option);
        bracket = With(new Option<string[]>("--bracket") { Description = "Attack what is not certified with these, so that robust accuracy is an interval.", AllowMultipleArgumentsPerToken = true });
        limit = With(CommonOptions.Limit());
        seed = With(CommonOptions.Seed());
        failUnder = With(new Option<double?>("--fail-under") { Description = "Exit with 1 when the certified accuracy at --epsilon is below this share (0 to 1)." }.Within(0, 1));
        Examples =
        [
            "adamant certify ibp.safetensors --data fashion-mini --method ibp --epsilon 0.1 --bracket pgd",
            "adamant certify noise.safetensors --data fashion-mini --method smoothing --sigma 0.25 --n 1000 --limit 20 --radii 0,0.25,0.5",
            "adamant certify mlp.safetensors --data wdbc --method crown --norm l2 --epsilon 0.05 --fail-under 0.5 --json",
        ];
    }

    public override string Notes => CatalogHelp.Attacks();

    protected override int Run(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var path = arguments.GetRequiredValue(model);
        IEvasion<IDifferentiable>[] attacks = [.. (arguments.GetValue(bracket) ?? []).Select(name => AttackCatalog.Create<IDifferentiable>(name))];
        using var loaded = Inputs.Model(path);
        if (loaded.Card.Task != LearningTask.Classification || loaded.Card.Input.Type == ScalarType.Int64)
            throw new ArgumentException($"Expected a classifier of numbers, got {loaded.Card.Architecture} for {loaded.Card.Task} on {loaded.Card.Input}: no certificate here is for that.");
        using var dataset = data.Open(arguments, DatasetPart.Test, loaded);
        using var samples = Inputs.Samples(dataset, loaded, arguments.GetValue(limit));
        var ball = balls.Read(arguments, samples.Inputs, certificates.IsSmoothing(arguments) ? "l2" : null);
        var radii = certificates.Radii(arguments, ball.Radius);
        var (result, both) = screen.Track($"certifying {samples.Count} samples", report => Certify(arguments, loaded, samples, ball, attacks, report, cancellation));
        var floor = arguments.GetValue(failUnder);
        var summary = new CertificationSummary
        {
            Model = path,
            ModelSha256 = loaded.Sha256,
            Data = dataset.Card.Name,
            Certificate = result.Certificate,
            Threat = $"{ball}",
            Norm = ball.Norm,
            Epsilon = ball.Radius,
            Seed = arguments.GetValue(seed),
            Samples = result.Samples.Count,
            CleanAccuracy = Share.Of(result.CleanAccuracy),
            CertifiedAccuracy = Share.Of(result.CertifiedAccuracy),
            Curve = [.. radii.Select(r => new CertificationSummary.AtRadius(r, Share.Of(result.At(r))))],
            Abstentions = Share.Of(result.Abstentions),
            AverageRadius = result.AverageRadius,
            Seconds = result.Elapsed.TotalSeconds,
            Bracket = both is null ? null : CertificationSummary.BracketSummary.Of(both),
            FailUnder = floor,
            Held = floor is null || result.CertifiedAccuracy.Value >= floor,
        };
        Print(screen, summary);
        return summary.Held ? ExitCode.Held : ExitCode.Failed;
    }

    private (CertificationResult, Bracket?) Certify(
        ParseResult arguments, LoadedModel loaded, Batch samples, Ball ball, IEvasion<IDifferentiable>[] attacks, Action<double, string> report, CancellationToken cancellation)
    {
        var view = new CertificationView(report, samples.Count, ball.Radius);
        var certificate = certificates.Create(arguments, loaded, arguments.GetValue(seed), view);
        if (attacks.Length == 0) return (CertificationResult.Of(certificate, samples, ball, view, cancellation), null);
        var worst = attacks.Length == 1 ? attacks[0] : new WorstOf<IDifferentiable>(attacks);
        using var victim = CertificateOptions.Victim(loaded, certificate);
        var both = Bracket.Of(victim, certificate, worst, samples, new Threat(ball), new Run { Seed = arguments.GetValue(seed) }, view, cancellation);
        return (both.Proved, both);
    }

    private static void Print(Screen screen, CertificationSummary summary)
    {
        screen.Json(summary, json => json.CertificationSummary);
        screen.Line($"{summary.Certificate}, {summary.Threat}, on {summary.Samples} samples of {summary.Data}, seed {summary.Seed}");
        screen.Line();
        screen.Table(
            ["", ""],
            [
                ["clean accuracy", summary.CleanAccuracy.ToString()],
                .. summary.Curve.Where(c => c.Radius > 0).Select(c => new[] { $"certified at {c.Radius:0.####}", c.Certified.ToString() }),
                ["abstentions", summary.Abstentions.ToString()],
                ["average radius", $"{summary.AverageRadius:0.0000}"],
                ["seconds", $"{summary.Seconds:0.0}"],
            ]);
        if (summary.Bracket is { } both)
        {
            screen.Line();
            screen.Line($"{both.Attack} on the {both.AttackedSamples} samples without a certificate");
            screen.Line($"robust accuracy from {100 * both.Certified.Value:0.0} % (certified) to {100 * both.Attacked.Value:0.0} % (attacked); with both Wilson intervals [{100 * both.Low:0.0}, {100 * both.High:0.0}]");
        }
        if (summary.FailUnder is { } floor)
            screen.Line($"{(summary.Held ? "Held" : "Failed")}: certified accuracy {summary.CertifiedAccuracy.Value:0.000}, threshold {floor:0.000}.");
    }
}
