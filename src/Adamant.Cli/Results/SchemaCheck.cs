using Adamant.Data;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant data check --json</c> prints.</summary>
internal sealed record SchemaCheck(int Rows, int Refused, IReadOnlyList<SchemaViolation> Violations);
