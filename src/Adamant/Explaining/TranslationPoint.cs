using Adamant.Training;

namespace Adamant.Explaining;

/// <summary>How a model answers images that were moved by some pixels.</summary>
/// <param name="Shift">Pixels to the right; below 0 to the left.</param>
/// <param name="Accuracy">Right answers after the move.</param>
/// <param name="Unchanged">Answers equal to those without the move, right or wrong.</param>
public sealed record TranslationPoint(int Shift, Proportion Accuracy, Proportion Unchanged);
