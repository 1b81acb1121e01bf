namespace Adamant.Auditing;

/// <summary>What a model says of one sample.</summary>
/// <param name="Class">The class number.</param>
/// <param name="Confidence">The softmax of that class, from 0 to 1.</param>
public readonly record struct Verdict(int Class, double Confidence);
