namespace Adamant.Data;

/// <summary>One series: an engine, a patient, a share; its rows in the order of time.</summary>
/// <param name="Name">The unit as its file calls it.</param>
/// <param name="Rows">One number for each channel in every row.</param>
public sealed record SeriesUnit(string Name, IReadOnlyList<float[]> Rows);
