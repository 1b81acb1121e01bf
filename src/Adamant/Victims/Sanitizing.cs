namespace Adamant.Victims;

/// <summary>Puts a sanitizer in front of a victim. Each overload keeps the kind of the victim.</summary>
public static class Sanitizing
{
    /// <summary>A label-only victim that sees only what the sanitizer leaves.</summary>
    /// <param name="victim">Not owned.</param>
    /// <param name="sanitizer">Cleans every batch before the victim sees it.</param>
    /// <param name="seed">Where a random sanitizer starts; its draws go on from call to call. Then the victim is not for several threads.</param>
    public static IClassifier With(this IClassifier victim, ISanitizer sanitizer, int seed = 0) => victim switch
    {
        IDifferentiable white => new Differentiable(white, new Source(sanitizer, seed), straight: false),
        IScoring scoring => new Scoring(scoring, new Source(sanitizer, seed), straight: false),
        _ => new Classifier(victim, new Source(sanitizer, seed), straight: false),
    };

    /// <summary>A victim with scores that sees only what the sanitizer leaves.</summary>
    /// <inheritdoc cref="With(IClassifier, ISanitizer, int)"/>
    public static IScoring With(this IScoring victim, ISanitizer sanitizer, int seed = 0) => (IScoring)With((IClassifier)victim, sanitizer, seed);

    /// <summary>A white box that sees only what the sanitizer leaves.</summary>
    /// <inheritdoc cref="With(IClassifier, ISanitizer, int)"/>
    public static IDifferentiable With(this IDifferentiable victim, ISanitizer sanitizer, int seed = 0) =>
        (IDifferentiable)With((IClassifier)victim, sanitizer, seed);

    /// <summary>A sanitizer with its draws.</summary>
    private sealed class Source(ISanitizer sanitizer, int seed) : IDisposable
    {
        private readonly Generator random = new((ulong)(uint)seed, CPU);

        public Tensor Clean(Tensor inputs, InputSpec input, bool straight)
        {
            input.Check(inputs);                                // an input out of range is refused, not repaired
            return straight ? sanitizer.StraightThrough(inputs, input, random) : sanitizer.Sanitize(inputs, input, random);
        }

        public void Dispose() => random.Dispose();
    }

    private class Classifier(IClassifier victim, Source source, bool straight) : IClassifier
    {
        public InputSpec Input => victim.Input;

        protected Tensor Clean(Tensor inputs) => source.Clean(inputs, Input, straight);

        public Tensor Predict(Tensor inputs)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            return victim.Predict(Clean(inputs)).MoveToOuterDisposeScope();
        }

        public void Dispose() => source.Dispose();
    }

    private class Scoring(IScoring victim, Source source, bool straight) : Classifier(victim, source, straight), IScoring
    {
        public Tensor Logits(Tensor inputs)
        {
            using var scope = NewDisposeScope();
            return victim.Logits(Clean(inputs)).MoveToOuterDisposeScope();
        }
    }

    private sealed class Differentiable(IDifferentiable victim, Source source, bool straight) : Scoring(victim, source, straight), IDifferentiable
    {
        private readonly Source source = source;
        private readonly IDifferentiable victim = victim;
        private readonly bool straight = straight;

        public IDifferentiable StraightThrough => straight ? this : new Differentiable(victim.StraightThrough, source, straight: true);

        public Tensor? Suspicion(Tensor inputs)
        {
            using var scope = NewDisposeScope();
            return victim.Suspicion(Clean(inputs))?.MoveToOuterDisposeScope();
        }
    }
}
