namespace Adamant.Explaining;

/// <summary>A labeled point of the plane.</summary>
/// <param name="X">The first number of the sample.</param>
/// <param name="Y">The second number.</param>
/// <param name="Label">The class number in truth.</param>
public readonly record struct PlanePoint(double X, double Y, int Label);
