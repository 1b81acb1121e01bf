namespace Adamant.Auditing;

/// <summary>The model that was attacked.</summary>
/// <param name="Architecture">Its name in the catalog.</param>
/// <param name="File">The name of the weights file, without a folder.</param>
/// <param name="Sha256">SHA-256 of the weights file in lower-case hexadecimal.</param>
public sealed record EvidenceModel(string Architecture, string File, string Sha256);
