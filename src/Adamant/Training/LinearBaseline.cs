using Adamant.Data;

namespace Adamant.Training;

/// <summary>
/// What every network of texts has to beat: logistic regression on weighted words and pairs of words.
/// <code>min over W, b:  C · Σᵢ −ln softmax(W xᵢ + b)[yᵢ] + ½ ‖W‖²,  xᵢ the TF-IDF of text i</code>
/// </summary>
/// <remarks>
/// Knows no order beyond pairs of neighbors, and reads whole texts, uncut. Stops after 60 steps at most. Terms and weights are those of scikit-learn's <c>TfidfVectorizer</c> with
/// <c>ngram_range=(1, 2), sublinear_tf=True</c>, the regression that of its <c>LogisticRegression(C=10)</c>; nothing is random.
/// Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed. 2009, §4.4; Wang, Manning, "Baselines and Bigrams", ACL 2012.
/// </remarks>
public sealed class LinearBaseline : IDisposable
{
    private const int Iterations = 60;
    private const double Tolerance = 1e-2;

    private readonly TfIdf terms;
    private readonly Tensor weights, bias;

    private LinearBaseline(TfIdf terms, Tensor weights, Tensor bias) => (this.terms, this.weights, this.bias) = (terms, weights, bias);

    /// <summary>Learns from labeled texts.</summary>
    /// <param name="data">At least one text of at least two classes.</param>
    /// <param name="c">How much the texts count against small weights, above 0; 10 by default.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="ArgumentException">The set is of a regression.</exception>
    public static LinearBaseline Fit(ITextDataset data, double c = 10, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(c);
        if (data.Card.Task != LearningTask.Classification) throw new ArgumentException($"{data.Card.Name}: expected classes, got targets of a regression.", nameof(data));
        using var scope = NewDisposeScope();
        var texts = data.Texts;
        var terms = new TfIdf(texts);
        if (terms.Count == 0) throw new ArgumentException($"{data.Card.Name}: expected words of at least two letters, got none.", nameof(data));
        var (rows, labels, classes) = (terms.Weigh(texts), data.ReadAll().Labels, data.Card.ClassNames.Count);

        // The weights and, below them, the bias as one matrix; everything divided by C n, so that the tolerance means the same for all sizes.
        var (truth, decay) = (nn.functional.one_hot(labels, classes).to_type(ScalarType.Float32), 1 / (c * texts.Count));
        var found = Lbfgs.Minimize(zeros(terms.Count + 1, classes), point =>
        {
            using var inner = NewDisposeScope();
            var w = point.narrow(0, 0, terms.Count);
            var logs = (rows.Times(w) + point.narrow(0, terms.Count, 1)).log_softmax(1);
            var loss = sum(w.square()) * (decay / 2) - sum(logs * truth) / texts.Count;
            var errors = (logs.exp() - truth) / texts.Count;
            var gradient = cat([rows.TransposedTimes(errors) + decay * w, errors.sum(dim: 0, keepdim: true)], 0);
            return (loss.to_type(ScalarType.Float64).item<double>(), gradient.MoveToOuterDisposeScope());
        }, Iterations, Tolerance / texts.Count, cancellation);
        return new LinearBaseline(
            terms,
            found.narrow(0, 0, terms.Count).clone().DetachFromDisposeScope(),
            found.narrow(0, terms.Count, 1).clone().DetachFromDisposeScope());
    }

    /// <summary>The scores of each class before any softmax.</summary>
    /// <param name="texts">Any number; a text of unknown words has the bias alone.</param>
    /// <returns>Shape <c>[N, classes]</c>, <c>Float32</c>.</returns>
    public Tensor Logits(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return (terms.Weigh(texts).Times(weights) + bias).MoveToOuterDisposeScope();
    }

    /// <summary>The share of right answers.</summary>
    /// <param name="data">Of the classes that this was fitted to.</param>
    public Proportion Accuracy(ITextDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var scope = NewDisposeScope();
        return new Proportion(sum(Logits(data.Texts).argmax(1).eq(data.ReadAll().Labels)).item<long>(), data.Count);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        weights.Dispose();
        bias.Dispose();
    }
}
