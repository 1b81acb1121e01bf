namespace Adamant.Victims;

/// <summary>White box: gradients flow from <see cref="IScoring.Logits"/> back to its inputs.</summary>
public interface IDifferentiable : IScoring;
