namespace Adamant.Auditing;

/// <summary>One thing that was checked again.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Holds">Whether it is as the evidence says; null where it could not be checked.</param>
/// <param name="Detail">What was found, in a few words.</param>
/// <param name="Samples">The first samples that fail, by their numbers in the data.</param>
public sealed record EvidenceCheck(string Name, bool? Holds, string Detail, IReadOnlyList<long> Samples);
