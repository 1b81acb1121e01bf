using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>Puts a detector beside a victim.</summary>
public static class Detection
{
    /// <summary>A victim that refuses what the detector stops: <see cref="IClassifier.Rejected"/> instead of a class. Its logits stay as they are.</summary>
    /// <param name="victim">Not owned.</param>
    /// <param name="detector">Not owned; calibrated for this victim, or for the part of it that the detector sees.</param>
    public static IDifferentiable Detecting(this IDifferentiable victim, Calibrated detector) => new Victim(victim, detector);

    private sealed class Victim(IDifferentiable victim, Calibrated detector) : IDifferentiable
    {
        public InputSpec Input => victim.Input;

        public IDifferentiable StraightThrough => victim.StraightThrough is var straight && ReferenceEquals(straight, victim) ? this : new Victim(straight, detector);

        public Tensor Logits(Tensor inputs) => victim.Logits(inputs);

        public Tensor Predict(Tensor inputs)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var classes = victim.Predict(inputs);
            return where(Suspicion(inputs).gt(0), full_like(classes, IClassifier.Rejected), classes).MoveToOuterDisposeScope();
        }

        public Tensor Suspicion(Tensor inputs)
        {
            using var scope = NewDisposeScope();
            var own = detector.Suspicion(inputs);
            return (victim.Suspicion(inputs) is { } other ? maximum(own, other) : own).MoveToOuterDisposeScope();
        }

        public void Dispose()
        {
        }
    }
}
