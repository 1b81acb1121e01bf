using Adamant.Cli.Results;

namespace Adamant.Cli;

/// <summary>The part of <c>adamant attack</c> that is about forecasts.</summary>
internal static class RegressionAttackRun
{
    /// <summary>Refuses what only a classifier has.</summary>
    public static void Check(int? target, double? failUnder, double? tolerance, bool isRegression)
    {
        if (!isRegression && tolerance is not null) throw new ArgumentException("--tolerance is for models that forecast a number, and this one names classes.");
        if (isRegression && target is not null) throw new ArgumentException("--target is a class, and the model forecasts a number.");
        if (isRegression && failUnder is not null && tolerance is null)
            throw new ArgumentException("--fail-under needs to know which forecasts are right. Say by --tolerance how large an error may be, in the unit of the target.");
    }

    public static void Print(Screen screen, RegressionSummary summary)
    {
        screen.Json(summary, json => json.RegressionSummary);
        screen.Line($"{summary.Attack}, {summary.Threat}, on {summary.Samples} samples of {summary.Data}, seed {summary.Seed}");
        screen.Line();
        screen.Table(
            ["", "before", "after"],
            [
                ["RMSE", $"{summary.CleanRmse:0.####}", $"{summary.AdversarialRmse:0.####}"],
                ["mean absolute error", $"{summary.CleanMae:0.####}", $"{summary.AdversarialMae:0.####}"],
            ]);
        screen.Line();
        screen.Table(
            ["", ""],
            [
                ["worst increase", $"{summary.WorstIncrease:0.####}"],
                .. summary.Within is { } within ? new string[][] { [$"errors of at most {summary.Tolerance:0.####}", within.ToString()] } : [],
                .. summary.LegalRows is { } legal ? new string[][] { ["legal rows", legal.ToString()] } : [],
                ["max perturbation", $"{summary.MaxPerturbation:0.####}"],
                ["forwards", $"{summary.Forwards:N0}"],
                ["gradients", $"{summary.Gradients:N0}"],
            ]);
        if (summary.FailUnder is { } floor)
            screen.Line($"{(summary.Held ? "Held" : "Failed")}: {summary.Within!.Value:0.000} of the forecasts are within the tolerance, threshold {floor:0.000}.");
    }
}
