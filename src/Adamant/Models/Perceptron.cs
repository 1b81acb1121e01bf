namespace Adamant.Models;

/// <summary>
/// Rosenblatt's perceptron: a weighted sum and a step, which learns from each of its mistakes.
/// <code>z = w·x + b,  ŷ = 1 if z > 0, else 0;   on a mistake: w ← w + (y − ŷ) x,  b ← b + (y − ŷ)</code>
/// </summary>
/// <remarks>
/// Draws one straight line: it learns AND and OR, and never XOR, whose weights it walks around forever. Where a line exists it stops after at most
/// (R/γ)² mistakes, see <see cref="MistakeBound"/>. Inputs of different scale (1,500 dollars beside a risk of 0.8) make R large and learning slow.
/// Source: Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in the brain", Psychological Review 65, 1958;
/// bound: Novikoff, "On convergence proofs on perceptrons", Symposium on the Mathematical Theory of Automata, 1962; XOR: Minsky, Papert,
/// "Perceptrons", 1969.
/// </remarks>
public sealed class Perceptron
{
    private readonly double[] weights;

    /// <summary>Starts from small random weights, N(0, 0.1²).</summary>
    /// <param name="inputs">Numbers per sample, at least 1.</param>
    /// <param name="seed">Fixes the weights, default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputs"/> is below 1 or absurdly large.</exception>
    public Perceptron(int inputs, int seed = 0)
    {
        Dimension.Check(inputs);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed, CPU);
        var start = (0.1 * randn(inputs + 1, dtype: ScalarType.Float64, generator: generator)).data<double>().ToArray();
        (weights, Bias) = (start[..^1], start[^1]);
    }

    /// <summary>Starts from given weights.</summary>
    /// <param name="weights">One per input, finite; copied.</param>
    /// <param name="bias">What is added to the weighted sum, finite.</param>
    /// <exception cref="ArgumentException">There are no weights, or one is not finite.</exception>
    public Perceptron(IReadOnlyList<double> weights, double bias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Count == 0 || !weights.Append(bias).All(double.IsFinite))
            throw new ArgumentException("Expected at least one weight, and finite numbers only.", nameof(weights));
        (this.weights, Bias) = ([.. weights], bias);
    }

    /// <summary>One weight per input.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>What is added to the weighted sum.</summary>
    public double Bias { get; private set; }

    /// <summary>Decides about one sample.</summary>
    /// <param name="inputs">As many finite numbers as there are weights.</param>
    /// <returns>1 where the weighted sum is above 0, else 0.</returns>
    /// <exception cref="ArgumentException">The count differs, or a number is not finite.</exception>
    public int Forward(double[] inputs)
    {
        Check(inputs);
        return Dot(weights, inputs) + Bias > 0 ? 1 : 0;
    }

    /// <summary>Decides about many samples.</summary>
    /// <param name="samples">Each with as many finite numbers as there are weights.</param>
    /// <returns>1 or 0 for each sample.</returns>
    /// <exception cref="ArgumentException">A sample does not fit.</exception>
    public int[] Predict(IEnumerable<double[]> samples) => [.. samples.Select(Forward)];

    /// <summary>Learns by the perceptron rule, sample after sample, until a pass has no mistake.</summary>
    /// <param name="samples">Each with as many finite numbers as there are weights.</param>
    /// <param name="labels">0 or 1 for each sample.</param>
    /// <param name="epochs">The most passes over the samples, at least 1, default 1,000; where no line separates, nothing else ends it.</param>
    /// <returns>The mistakes made, and whether the last pass had none.</returns>
    /// <exception cref="ArgumentException">The counts differ, a label is neither 0 nor 1, or a sample does not fit.</exception>
    public (int Mistakes, bool Separated) Learn(IReadOnlyList<double[]> samples, IReadOnlyList<int> labels, int epochs = 1000)
    {
        Check(samples, labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        var mistakes = 0;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var before = mistakes;
            for (var i = 0; i < samples.Count; i++)
            {
                var error = labels[i] - Forward(samples[i]);
                if (error == 0) continue;
                for (var j = 0; j < weights.Length; j++) weights[j] += error * samples[i][j];
                Bias += error;
                mistakes++;
            }
            if (mistakes == before) return (mistakes, true);
        }
        return (mistakes, false);
    }

    /// <summary>
    /// Novikoff's theorem: the most mistakes that <see cref="Learn"/> can make from the present weights, given some line that separates the classes.
    /// <code>(R/γ)² + 2‖w₀‖/γ,  R = max ‖(xᵢ, 1)‖,  γ = min ±u·(xᵢ, 1) / ‖u‖;  from w₀ = 0: (R/γ)²</code>
    /// </summary>
    /// <remarks>
    /// After k mistakes u·wₖ / ‖u‖ ≥ kγ − ‖w₀‖, and ‖wₖ‖² ≤ ‖w₀‖² + kR²; both hold only up to that k. The line of the widest margin gives the best
    /// bound.
    /// </remarks>
    /// <param name="samples">Each with as many finite numbers as there are weights.</param>
    /// <param name="labels">0 or 1 for each sample.</param>
    /// <param name="separator">The weights of a line that separates the classes, any length.</param>
    /// <param name="bias">Its bias.</param>
    /// <exception cref="ArgumentException">The line does not separate the samples, or they do not fit.</exception>
    public double MistakeBound(IReadOnlyList<double[]> samples, IReadOnlyList<int> labels, double[] separator, double bias)
    {
        Check(samples, labels);
        Check(separator);
        var radius = samples.Max(x => Length(x, 1));
        var margin = samples.Select((x, i) => (labels[i] == 1 ? 1 : -1) * (Dot(separator, x) + bias)).Min() / Length(separator, bias);
        if (!(margin > 0))
            throw new ArgumentException("Expected a line with every sample on its class's side, got one that is wrong about some.", nameof(separator));
        var start = Length(weights, Bias);
        return (radius / margin * (radius / margin)) + (2 * start / margin);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Length(double[] a, double b) => Math.Sqrt(Dot(a, a) + (b * b));

    private void Check(double[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Length != weights.Length) throw new ArgumentException($"Expected {weights.Length} numbers, got {inputs.Length}.", nameof(inputs));
        if (!inputs.All(double.IsFinite)) throw new ArgumentException("Expected finite numbers, got NaN or infinity.", nameof(inputs));
    }

    private void Check(IReadOnlyList<double[]> samples, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        if (samples.Count != labels.Count || samples.Count == 0)
            throw new ArgumentException($"Expected one label per sample, got {samples.Count} samples and {labels.Count} labels.", nameof(labels));
        if (labels.Any(y => y is not (0 or 1))) throw new ArgumentException("Expected labels 0 and 1 only.", nameof(labels));
        foreach (var sample in samples) Check(sample);
    }
}
