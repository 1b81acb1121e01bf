namespace Adamant.Victims;

/// <summary>Lets the victim normalize: attacks and callers stay in pixels.</summary>
public static class Normalization
{
    /// <summary>A victim in the units of <paramref name="range"/> whose inputs are normalized on the way in: <c>(x − mean) / std</c> per channel.</summary>
    /// <param name="victim">Takes normalized inputs: build it with an <see cref="InputSpec"/> without bounds.</param>
    /// <param name="mean">One value per channel (the first dimension of a sample), or one for all.</param>
    /// <param name="std">The same count as <paramref name="mean"/>; above 0.</param>
    /// <param name="range">The range before normalization; [0, 1] by default.</param>
    /// <returns>Owns <paramref name="victim"/> and disposes of it.</returns>
    /// <exception cref="ArgumentException">Counts differ or are not the number of channels, a deviation is not above 0, or the victim's bounds exclude normalized inputs.</exception>
    public static IDifferentiable Normalized(
        this IDifferentiable victim, IReadOnlyList<float> mean, IReadOnlyList<float> std, (double Min, double Max)? range = null) =>
        new Victim(victim, mean, std, range ?? (0, 1));

    private sealed class Victim : IDifferentiable, IFeatures
    {
        private readonly IDifferentiable inner;
        private readonly Tensor mean, std;

        public Victim(IDifferentiable victim, IReadOnlyList<float> mean, IReadOnlyList<float> std, (double Min, double Max) range)
        {
            if (mean.Count != std.Count || mean.Count == 0)
                throw new ArgumentException($"Expected one deviation per mean, got {mean.Count} means and {std.Count} deviations.", nameof(std));
            if (std.Any(s => !(s > 0)))
                throw new ArgumentException($"Expected deviations above 0, got [{string.Join(", ", std)}].", nameof(std));
            var spec = victim.Input;
            var channels = spec.Shape.Count > 0 ? spec.Shape[0] : 1;
            if (mean.Count > 1 && channels > 0 && mean.Count != channels)
                throw new ArgumentException($"Expected 1 mean or one per channel, {channels}, got {mean.Count}.", nameof(mean));
            for (var c = 0; c < mean.Count; c++)
            {
                if ((range.Min - mean[c]) / std[c] >= spec.Min && (range.Max - mean[c]) / std[c] <= spec.Max) continue;
                throw new ArgumentException(
                    $"The victim accepts [{spec.Min}, {spec.Max}], which excludes normalized inputs. Build it with an InputSpec without bounds.", nameof(victim));
            }
            inner = victim;
            Input = new InputSpec(spec.Shape, range.Min, range.Max);
            long[] broadcast = [1, mean.Count, .. Enumerable.Repeat(1L, Math.Max(0, spec.Shape.Count - 1))];
            using var scope = NewDisposeScope();
            this.mean = tensor(mean.ToArray()).reshape(broadcast).DetachFromDisposeScope();
            this.std = tensor(std.ToArray()).reshape(broadcast).DetachFromDisposeScope();
        }

        private Victim(IDifferentiable inner, InputSpec input, Tensor mean, Tensor std) => (this.inner, Input, this.mean, this.std) = (inner, input, mean, std);

        public InputSpec Input { get; }

        public IDifferentiable StraightThrough => inner.StraightThrough is var straight && ReferenceEquals(straight, inner) ? this : new Victim(straight, Input, mean, std);

        public Tensor? Suspicion(Tensor inputs)
        {
            using var scope = NewDisposeScope();
            return inner.Suspicion((inputs - mean) / std)?.MoveToOuterDisposeScope();
        }

        public Tensor Features(Tensor inputs)
        {
            if (inner is not IFeatures network) throw new InvalidOperationException("Expected a network behind the normalization, which shows its features.");
            Input.Check(inputs);
            using var scope = NewDisposeScope();
            return network.Features((inputs - mean) / std).MoveToOuterDisposeScope();
        }

        public Tensor Logits(Tensor inputs)
        {
            Input.Check(inputs);
            using var scope = NewDisposeScope();
            return inner.Logits((inputs - mean) / std).MoveToOuterDisposeScope();
        }

        public Tensor Predict(Tensor inputs)
        {
            Input.Check(inputs);
            using var scope = NewDisposeScope();
            return inner.Predict((inputs - mean) / std).MoveToOuterDisposeScope();
        }

        public void Dispose()
        {
            mean.Dispose();
            std.Dispose();
            inner.Dispose();
        }
    }
}
