namespace Adamant.Reports.Figures;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Style">Fixes color, dash and marker: the same number looks the same in every chart of a section.</param>
/// <param name="Points">By rising X; points that are not finite are left out.</param>
/// <param name="Band">The uncertainty of each point, in the same order; empty for none.</param>
internal sealed record Series(string Name, int Style, IReadOnlyList<(double X, double Y)> Points, IReadOnlyList<(double Low, double High)> Band);
