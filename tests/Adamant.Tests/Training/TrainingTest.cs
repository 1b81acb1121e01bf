using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Tests.Training;

/// <summary>Small data to train on.</summary>
public abstract class TrainingTest : TensorTest
{
    protected static readonly InputSpec Plane = InputSpec.Features(2);

    /// <summary>Two clouds in the plane, well apart.</summary>
    protected static TensorDataset Clouds(int count = 64, int seed = 1)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed, CPU);
        var labels = arange(count) % 2;
        var inputs = randn([count, 2], generator: generator) * 0.5 + (labels * 4 - 2).unsqueeze(1);
        return Labeled(inputs.to_type(ScalarType.Float32), labels, Plane, 2);
    }

    /// <summary>Small random images whose label is whether they are bright.</summary>
    protected static TensorDataset Images(int count = 40)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2, CPU);
        var inputs = rand([count, 1, 6, 6], generator: generator);
        return Labeled(inputs, inputs.mean([1, 2, 3]).gt(0.5).to_type(ScalarType.Int64), InputSpec.Image(1, 6, 6), 2);
    }

    protected static TensorDataset Labeled(Tensor inputs, Tensor labels, InputSpec input, int classes) => new(
        new DatasetCard { Name = "test", Input = input, Rows = inputs.shape[0], ClassNames = [.. Enumerable.Range(0, classes).Select(c => $"c{c}")] },
        inputs, labels);

    protected static TensorDataset Targets(Tensor inputs, Tensor targets) => new(
        new DatasetCard { Name = "test", Input = InputSpec.Features(inputs.shape[1]), Rows = inputs.shape[0], Task = LearningTask.Regression },
        inputs, targets);

    /// <summary>A set of nothing.</summary>
    protected sealed class Nothing : IDataset
    {
        public DatasetCard Card { get; } = new() { Name = "nothing", Input = Plane, Rows = 0, ClassNames = ["c0", "c1"] };

        public long Count => 0;

        public Batch Read(Tensor indices) => throw new InvalidOperationException("Nobody may read what is not there.");

        public void Dispose()
        {
        }
    }

    /// <summary>A network whose initial weights depend on the seed only.</summary>
    internal static TinyNetwork Tiny(InputSpec input, int outputs = 2, double dropout = 0, int seed = 3)
    {
        manual_seed(seed);
        return new TinyNetwork(input, outputs, dropout);
    }
}
