using Adamant.Victims;

namespace Adamant.Certification;

/// <summary>
/// A smoothed classifier as a white box: its scores are the logarithm of the mean probability under noise.
/// <code>z(x) = ln 1/m Σᵢ softmax f(clamp(x + nᵢ)),   nᵢ ∼ N(0, σ²)</code>
/// </summary>
/// <remarks>
/// What an attacker of a smoothed classifier climbs: the votes themselves have no gradient. The noise is the same in every call, so that a gradient and
/// the step along it speak of the same function. Answers come from the votes where <see cref="Votes"/> is given, from the scores otherwise.
/// Source: Salman et al., "Provably Robust Deep Learning via Adversarially Trained Smoothed Classifiers", NeurIPS 2019, arXiv:1906.04584, §3.1.
/// </remarks>
/// <param name="victim">The base; not owned.</param>
/// <param name="sigma">σ in the units of the inputs, above 0.</param>
public sealed class SmoothedVictim(IDifferentiable victim, double sigma) : IDifferentiable
{
    private readonly double sigma = Noise.Checked(sigma);

    /// <summary>m, noisy copies of each sample; at least 1, 8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Draws { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Draws), value, "Expected at least 1 draw."); } = 8;

    /// <summary>The seed of the noise.</summary>
    public int Seed { get; init; }

    /// <summary>Who answers by votes; null (the default) for the class of the largest score.</summary>
    public RandomizedSmoothing? Votes { get; init; }

    /// <inheritdoc/>
    public InputSpec Input => victim.Input;

    /// <inheritdoc/>
    public IDifferentiable StraightThrough => victim.StraightThrough is var straight && ReferenceEquals(straight, victim)
        ? this
        : new SmoothedVictim(straight, sigma) { Draws = Draws, Seed = Seed, Votes = Votes };

    /// <inheritdoc/>
    public Tensor? Suspicion(Tensor inputs) => victim.Suspicion(inputs);

    /// <inheritdoc/>
    public Tensor Logits(Tensor inputs)
    {
        Input.Check(inputs);
        using var scope = NewDisposeScope();
        var logits = victim.Logits(Noisy(inputs, sigma, Draws, Seed, Input));
        return logits.log_softmax(1).reshape(Draws, inputs.shape[0], -1).logsumexp(0).sub(Math.Log(Draws)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Predict(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return (Votes?.Predict(inputs) ?? Logits(inputs).argmax(1)).MoveToOuterDisposeScope();
    }

    /// <summary>Does nothing: the base belongs to whoever made it.</summary>
    public void Dispose()
    {
    }

    /// <summary>All samples with the first noise, then all with the second: shape <c>[draws · N, …]</c>; the same seed gives the same noise.</summary>
    internal static Tensor Noisy(Tensor inputs, double sigma, int draws, int seed, InputSpec range)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(uint)seed, CPU);
        return Noise.On(cat([.. Enumerable.Repeat(inputs, draws)]), sigma, range, generator).MoveToOuterDisposeScope();
    }
}
