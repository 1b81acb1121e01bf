using Adamant.Texts;

namespace Adamant.Victims;

/// <summary>Puts a <see cref="Meter"/> between a victim of texts and whoever asks it. Each overload keeps the kind of the victim.</summary>
public static class TextMetering
{
    /// <summary>Counts the queries of a label-only victim. The meter does not own the victim.</summary>
    public static ITextClassifier Metered(this ITextClassifier victim, Meter meter) => victim switch
    {
        ITextDifferentiable white => new Differentiable(white, meter),
        ITextScoring scoring => new Scoring(scoring, meter),
        _ => new Classifier(victim, meter),
    };

    /// <summary>Counts the queries of a victim that gives scores.</summary>
    public static ITextScoring Metered(this ITextScoring victim, Meter meter) => (ITextScoring)Metered((ITextClassifier)victim, meter);

    /// <summary>Counts the queries of a white box: looking up embeddings is free, what follows is a query.</summary>
    public static ITextDifferentiable Metered(this ITextDifferentiable victim, Meter meter) => (ITextDifferentiable)Metered((ITextClassifier)victim, meter);

    private class Classifier(ITextClassifier victim, Meter meter) : ITextClassifier
    {
        protected Meter Meter => meter;

        public Tensor Predict(IReadOnlyList<string> texts)
        {
            meter.Charge(texts.Count, gradient: false);
            return victim.Predict(texts);
        }

        public void Dispose()
        {
        }
    }

    private class Scoring(ITextScoring victim, Meter meter) : Classifier(victim, meter), ITextScoring
    {
        public Tensor Logits(IReadOnlyList<string> texts)
        {
            Meter.Charge(texts.Count, gradient: false);
            return victim.Logits(texts);
        }
    }

    private sealed class Differentiable(ITextDifferentiable victim, Meter meter) : Scoring(victim, meter), ITextDifferentiable
    {
        public TextEncoding Encoding => victim.Encoding;

        public Tensor Table => victim.Table;

        public Tensor Embed(Tensor tokens) => victim.Embed(tokens);

        public Tensor FromEmbedding(Tensor embedded, Tensor tokens)
        {
            Meter.Charge(embedded);
            return victim.FromEmbedding(embedded, tokens);
        }
    }
}
