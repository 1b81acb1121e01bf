using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;

namespace Adamant.Auditing;

/// <summary>What a run of attacks claims, and all that somebody else needs to check it: the content of <c>evidence.json</c>.</summary>
/// <remarks>Of samples that are tensors, the tensors lie beside it in <c>adversarials.safetensors</c>; texts are in <see cref="Samples"/>.</remarks>
public sealed record Evidence
{
    /// <summary>The version of this format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>When it was written; with the seconds of <see cref="Reproduction"/> and of nothing else, it differs between equal runs.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Command, seed, versions and machine.</summary>
    public required Reproduction Reproduction { get; init; }

    /// <summary>Whose weights were attacked.</summary>
    public required EvidenceModel Model { get; init; }

    /// <summary>The data set that the samples are the first of.</summary>
    public required DatasetCard Data { get; init; }

    /// <summary>SHA-256 of the very samples that were attacked: of the tensors' types, shapes and bytes, or of the texts, and of the labels.</summary>
    public required string SamplesSha256 { get; init; }

    /// <summary>SHA-256 of <c>adversarials.safetensors</c>; empty for texts.</summary>
    public string TensorsSha256 { get; init; } = "";

    /// <summary>What was allowed and wanted.</summary>
    public required EvidenceThreat Threat { get; init; }

    /// <summary>The attacks with all their parameters.</summary>
    public required IReadOnlyList<EvidenceAttack> Attacks { get; init; }

    /// <summary>What is claimed.</summary>
    public required EvidenceClaims Claims { get; init; }

    /// <summary>What the attacks noticed that makes their scores doubtful.</summary>
    public IReadOnlyList<AttackWarning> Warnings { get; init; } = [];

    /// <summary>What was not run because the time was up.</summary>
    public IReadOnlyList<NotRun> NotRun { get; init; } = [];

    /// <summary>What became of each sample, in the order of the data.</summary>
    public required IReadOnlyList<EvidenceSample> Samples { get; init; }
}
