using Adamant.Auditing;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant selftest attacks --json</c> prints of one attack in one case.</summary>
internal sealed record SelfTestCheck(string Attack, string Case, SelfTestVerdict Verdict, bool Mandatory, Share? Reached, double Truth, string? Reason)
{
    public static SelfTestCheck Of(SelfTestResult result) => new(
        result.Attack, result.Case, result.Verdict, result.IsMandatory, result.Reached.Trials > 0 ? Share.Of(result.Reached) : null, result.Truth.Value,
        result.Reason == "" ? null : result.Reason);
}
