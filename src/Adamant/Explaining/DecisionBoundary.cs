using Adamant.Data;
using Adamant.Models;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Explaining;

/// <summary>What a model of two numbers says everywhere in the plane, and the samples over it.</summary>
public sealed record DecisionBoundary
{
    /// <summary>How much wider than the points the picture is, on each side, as a share of their range.</summary>
    private const double Margin = 0.15;
    private const int MostPoints = 400;

    /// <summary>What the figure is called, e.g. <c>Perceptron on XOR</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The names of the two numbers.</summary>
    public IReadOnlyList<string> Axes { get; init; } = ["x₁", "x₂"];

    /// <summary>The names of the classes; empty for numbers.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The left and the right end of the picture.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The lower and the upper end of the picture.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Cells in each direction.</summary>
    public required int Resolution { get; init; }

    /// <summary>The answer in the middle of each cell, row by row from below, each from the left.</summary>
    public required IReadOnlyList<int> Cells { get; init; }

    /// <summary>The samples, at most 400 of them.</summary>
    public required IReadOnlyList<PlanePoint> Points { get; init; }

    /// <summary>Right answers on all samples.</summary>
    public required Proportion Accuracy { get; init; }

    /// <summary>Asks a network about a grid of points and about the samples.</summary>
    /// <param name="name">What the figure is called.</param>
    /// <param name="victim">Takes two numbers; points of the grid outside of its bounds are asked at the nearest place inside.</param>
    /// <param name="samples">Inputs <c>[N, 2]</c> with class numbers.</param>
    /// <param name="resolution">Cells in each direction, at least 2; 80 by default.</param>
    /// <exception cref="ArgumentException">The samples are not of two numbers each.</exception>
    public static DecisionBoundary Of(string name, IClassifier victim, Batch samples, int resolution = 80)
    {
        ArgumentNullException.ThrowIfNull(victim);
        return Of(name, points =>
        {
            using var scope = NewDisposeScope();
            var inputs = tensor(points.SelectMany(p => p).Select(v => (float)v).ToArray(), [points.Length, 2]);
            return [.. victim.Predict(inputs.clamp(victim.Input.Min, victim.Input.Max)).data<long>().Select(c => (int)c)];
        }, samples, resolution);
    }

    /// <summary>Asks a perceptron about a grid of points and about the samples.</summary>
    /// <param name="name">What the figure is called.</param>
    /// <param name="perceptron">Takes two numbers.</param>
    /// <param name="samples">Inputs <c>[N, 2]</c> with class numbers 0 and 1.</param>
    /// <param name="resolution">Cells in each direction, at least 2; 80 by default.</param>
    /// <exception cref="ArgumentException">The samples or the perceptron are not of two numbers.</exception>
    public static DecisionBoundary Of(string name, Perceptron perceptron, Batch samples, int resolution = 80)
    {
        ArgumentNullException.ThrowIfNull(perceptron);
        return Of(name, perceptron.Predict, samples, resolution);
    }

    private static DecisionBoundary Of(string name, Func<double[][], int[]> predict, Batch samples, int resolution)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 2);
        if (samples.Inputs.shape is not [_, 2])
            throw new ArgumentException($"Expected samples of two numbers, [N, 2], got [{string.Join(", ", samples.Inputs.shape)}].", nameof(samples));
        var labels = samples.Labels.data<long>().ToArray();
        var points = Numbers.Of(samples.Inputs).Chunk(2).Select((p, i) => new PlanePoint(p[0], p[1], (int)labels[i])).ToArray();
        var (x, y) = (Range(points.Select(p => p.X)), Range(points.Select(p => p.Y)));
        double At(double[] range, int i) => range[0] + ((range[1] - range[0]) * (i + 0.5) / resolution);
        double[][] grid = [.. Enumerable.Range(0, resolution * resolution).Select(i => new[] { At(x, i % resolution), At(y, i / resolution) })];
        var said = predict([.. points.Select(p => new[] { p.X, p.Y })]);
        return new DecisionBoundary
        {
            Name = name,
            X = x,
            Y = y,
            Resolution = resolution,
            Cells = predict(grid),
            Points = points.Length <= MostPoints ? points : points[..MostPoints],
            Accuracy = new Proportion(said.Zip(points).Count(pair => pair.First == pair.Second.Label), points.Length),
        };
    }

    private static double[] Range(IEnumerable<double> values)
    {
        var (low, high) = (values.Min(), values.Max());
        var margin = high > low ? Margin * (high - low) : 0.5;
        return [low - margin, high + margin];
    }
}
