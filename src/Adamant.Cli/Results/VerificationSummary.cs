using Adamant.Auditing;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant verify --json</c> prints.</summary>
internal sealed record VerificationSummary(string Evidence, string Model, bool Held, IReadOnlyList<EvidenceCheck> Checks);
