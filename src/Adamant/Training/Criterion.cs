using Adamant.Data;

namespace Adamant.Training;

/// <summary>The loss of outputs against labels as the options want it; counts right answers on the way.</summary>
internal sealed class Criterion(LearningTask task, TrainingOptions options) : IDisposable
{
    private readonly Tensor? weights = options.ClassWeights is { } w ? tensor(w.ToArray()).DetachFromDisposeScope() : null;

    /// <summary>Answers since the last <see cref="Reset"/>, and how many of them were right.</summary>
    public (long Right, long All) Answers { get; private set; }

    /// <summary>Counts from here.</summary>
    public void Reset((long, long) answers) => Answers = answers;

    /// <summary>Cross-entropy of logits <c>[N, classes]</c> or <c>[N, T, tokens]</c>, or the squared error of <c>[N]</c> or <c>[N, 1]</c> in regression: a scalar mean.</summary>
    public Tensor Loss(Tensor outputs, Tensor labels)
    {
        using var scope = NewDisposeScope();
        if (task == LearningTask.Regression) return nn.functional.mse_loss(outputs.reshape(labels.shape), labels).MoveToOuterDisposeScope();
        if (task == LearningTask.NextToken) (outputs, labels) = (outputs.flatten(0, 1), labels.flatten());
        using (no_grad())
        {
            Answers = (Answers.Right + sum(outputs.argmax(1).eq(labels)).item<long>(), Answers.All + sum(labels.ne(Batch.NoLabel)).item<long>());
        }
        return nn.functional.cross_entropy(outputs, labels, weights, ignore_index: Batch.NoLabel, label_smoothing: options.LabelSmoothing).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the class weights.</summary>
    public void Dispose() => weights?.Dispose();
}
