namespace Adamant.Victims;

/// <summary>Puts a <see cref="Meter"/> between a victim and whoever asks it. Each overload keeps the kind of the victim.</summary>
public static class Metering
{
    /// <summary>Counts the queries of a label-only victim. The meter does not own the victim.</summary>
    public static IClassifier Metered(this IClassifier victim, Meter meter) => victim switch
    {
        IDifferentiable white => new Differentiable(white, meter),
        IScoring scoring => new Scoring(scoring, meter),
        _ => new Classifier(victim, meter),
    };

    /// <summary>Counts the queries of a victim that gives scores.</summary>
    public static IScoring Metered(this IScoring victim, Meter meter) => (IScoring)Metered((IClassifier)victim, meter);

    /// <summary>Counts the queries of a white box.</summary>
    public static IDifferentiable Metered(this IDifferentiable victim, Meter meter) => (IDifferentiable)Metered((IClassifier)victim, meter);

    private class Classifier(IClassifier victim, Meter meter) : IClassifier
    {
        protected Meter Meter => meter;

        public InputSpec Input => victim.Input;

        public Tensor Predict(Tensor inputs)
        {
            meter.Charge(inputs);
            return victim.Predict(inputs);
        }

        public void Dispose()
        {
        }
    }

    private class Scoring(IScoring victim, Meter meter) : Classifier(victim, meter), IScoring
    {
        public Tensor Logits(Tensor inputs)
        {
            Meter.Charge(inputs);
            return victim.Logits(inputs);
        }
    }

    private sealed class Differentiable(IDifferentiable victim, Meter meter) : Scoring(victim, meter), IDifferentiable
    {
        private readonly IDifferentiable victim = victim;

        public IDifferentiable StraightThrough => victim.StraightThrough is var straight && ReferenceEquals(straight, victim) ? this : new Differentiable(straight, Meter);

        public Tensor? Suspicion(Tensor inputs)
        {
            if (victim.Suspicion(inputs) is not { } suspicion) return null;
            Meter.Charge(inputs);
            return suspicion;
        }
    }
}
