using Adamant.Data;

namespace Adamant.Auditing;

/// <summary>Everything that one audit found: the content of <c>audit.json</c> and of the report.</summary>
public sealed record Audit
{
    /// <summary>The version of this format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The report's headline.</summary>
    public required string Title { get; init; }

    /// <summary>When the audit was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>How to make it again.</summary>
    public required Reproduction Reproduction { get; init; }

    /// <summary>The data on which the models were attacked.</summary>
    public required DatasetCard Data { get; init; }

    /// <summary>The main threat as people write it, e.g. <c>Linf 0.1</c>; tables and examples are at this threat.</summary>
    public required string Threat { get; init; }

    /// <summary>The audited models; where there are several, the first is the one that the others are compared with.</summary>
    public required IReadOnlyList<AuditedModel> Models { get; init; }
}
