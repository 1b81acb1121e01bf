using System.Globalization;
using System.Text;
using Adamant.Attacks;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Certification;

/// <summary>
/// Randomized smoothing: the class that a base classifier gives most often under normal noise, and how far it provably stays that class.
/// <code>g(x) = argmax_c P(f(clamp(x + n)) = c),   n ∼ N(0, σ²);   R = σ Φ⁻¹(p),   p: Clopper–Pearson's lower bound of the class's probability</code>
/// </summary>
/// <remarks>
/// The only proof here that needs nothing of the network, not even scores. Each certificate is wrong with probability <see cref="Alpha"/> at the most; the
/// largest radius is σ Φ⁻¹(α^(1/n)), so it is <see cref="Draws"/> that buys radius. Useless around a base that was not trained under noise
/// (<see cref="Training.GaussianNoiseTraining"/>, <see cref="Training.SmoothAdv"/>). What is proved belongs to the smoothed classifier, which has to be the one that is
/// served: this record is it. Noisy inputs are cut to the base's range, which makes the clamp a part of the base and keeps the proof. Cost: Selection + Draws
/// forward passes per sample. A sample is given up as soon as not even hits in all remaining draws could lift the bound above one half: the
/// answer, abstaining, is then settled, so stopping changes no result and no confidence.
/// Source: Cohen, Rosenfeld, Kolter, "Certified Adversarial Robustness via Randomized Smoothing", ICML 2019, arXiv:1902.02918, §3.2, Theorem 1.
/// </remarks>
/// <param name="Base">The base classifier f; labels are enough. Not owned.</param>
/// <param name="Sigma">σ in the units of the inputs, above 0.</param>
public sealed record RandomizedSmoothing(IClassifier Base, double Sigma) : ICertificate, IClassifier
{
    /// <summary>σ in the units of the inputs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public double Sigma { get; init => field = Noise.Checked(value); } = Noise.Checked(Sigma);

    /// <summary>n, the draws that estimate the probability, and those of each answer of <see cref="Predict"/>; at least 1, 100,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Draws { get; init => field = AtLeastOne(value, nameof(Draws)); } = 100_000;

    /// <summary>n₀, the draws that choose the class; at least 1, 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Selection { get; init => field = AtLeastOne(value, nameof(Selection)); } = 100;

    /// <summary>α, the chance that a certificate is wrong, or an answer not the most probable one; in (0, ½), 0.001 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside of (0, ½).</exception>
    public double Alpha
    {
        get;
        init => field = value is > 0 and < 0.5 ? value : throw new ArgumentOutOfRangeException(nameof(Alpha), value, "Expected a chance above 0 and below 0.5.");
    } = 0.001;

    /// <summary>Draws at once; at least 1, 256 by default: small enough for the cache.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int BatchSize { get; init => field = AtLeastOne(value, nameof(BatchSize)); } = 256;

    /// <summary>The seed of the noise; each sample has a stream of its own.</summary>
    public int Seed { get; init; }

    /// <summary>Hears of each batch of draws: draws done and draws asked for of the present sample; null for nobody.</summary>
    public IProgress<(long Done, long All)>? Progress { get; init; }

    /// <inheritdoc/>
    public InputSpec Input => Base.Input;

    /// <summary>The smoothed classifier's answers by <see cref="Draws"/> votes each.</summary>
    /// <inheritdoc/>
    /// <returns>The most probable class, wrong with probability <see cref="Alpha"/> at the most; <see cref="IClassifier.Rejected"/> where the votes do not decide.</returns>
    public Tensor Predict(Tensor inputs)
    {
        Input.Check(inputs);
        var answers = new long[inputs.shape[0]];
        for (var i = 0; i < answers.Length; i++)
        {
            using var generator = Generator(i, selecting: false);
            var falling = Vote(inputs, i, Draws, generator, _ => false, default).OrderByDescending(c => c.Value).ToArray();
            var runnerUp = falling.Length > 1 ? falling[1].Value : 0;
            answers[i] = Binomial.EqualOdds(falling[0].Value, runnerUp) <= Alpha ? falling[0].Key : IClassifier.Rejected;
        }
        return tensor(answers);
    }

    /// <inheritdoc/>
    public IEnumerable<SampleCertificate> Certify(Batch data, Ball ball, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        Input.Check(data.Inputs);
        var unit = Unit(ball, data.Inputs);
        var labels = data.Labels.data<long>().ToArray();
        var needed = FewestHits();
        return labels.Select((label, i) => One(data.Inputs, i, label, unit, needed, cancellation));
    }

    /// <summary>Does nothing: the base belongs to whoever made it.</summary>
    public void Dispose()
    {
    }

    private SampleCertificate One(Tensor inputs, int i, long label, double unit, long needed, CancellationToken cancellation)
    {
        using var select = Generator(i, selecting: true);
        var guess = Vote(inputs, i, Selection, select, _ => false, cancellation).MaxBy(c => c.Value).Key;
        if (guess == IClassifier.Rejected) return new SampleCertificate(label, guess, 0);

        using var estimate = Generator(i, selecting: false);
        long Hits(IReadOnlyDictionary<long, long> votes) => votes.GetValueOrDefault(guess);
        var votes = Vote(inputs, i, Draws, estimate, sofar => Hits(sofar) + Draws - sofar.Values.Sum() < needed, cancellation);
        if (Hits(votes) < needed) return new SampleCertificate(label, IClassifier.Rejected, 0);
        return new SampleCertificate(label, guess, unit * Sigma * Quantile(Binomial.LowerBound(Hits(votes), Draws, Alpha)));
    }

    /// <summary>Counts the base's answers under noise, until there are enough or the rest cannot matter.</summary>
    private Dictionary<long, long> Vote(
        Tensor inputs, long i, long draws, Generator generator, Func<IReadOnlyDictionary<long, long>, bool> settled, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sample = inputs.narrow(0, i, 1);
        long[] shape = [.. sample.shape[1..]];
        var votes = new Dictionary<long, long>();
        for (var done = 0L; done < draws && !settled(votes);)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var count = Math.Min(BatchSize, draws - done);
            foreach (var answer in Base.Predict(Noise.On(sample.expand([count, .. shape]), Sigma, Input, generator)).data<long>())
                votes[answer] = votes.GetValueOrDefault(answer) + 1;
            done += count;
            Progress?.Report((done, draws));
        }
        return votes;
    }

    /// <summary>The fewest hits whose lower bound is above one half; more than there are draws when not even all of them suffice.</summary>
    private long FewestHits()
    {
        var (low, high) = (0L, Draws + 1L);                     // the bound grows with the hits
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (middle > Draws || Binomial.LowerBound(middle, Draws, Alpha) > 0.5) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// <summary>How long an L2 radius of 1 is at least, measured by the ball's norm.</summary>
    private static double Unit(Ball ball, Tensor inputs) => ball switch
    {
        L2 or L1 => 1,                                          // ‖δ‖₂ ≤ ‖δ‖₁
        Linf => 1 / Math.Sqrt((double)inputs.numel() / Math.Max(1, inputs.shape[0])),
        _ => throw new ArgumentException($"Expected an L2, L1 or Linf ball for randomized smoothing, got {ball}.", nameof(ball)),
    };

    private Generator Generator(long i, bool selecting) => new(SplitMix.Of(Seed, (2 * i) + (selecting ? 1 : 0)).Bits(), CPU);

    /// <summary>Φ⁻¹.</summary>
    private static double Quantile(double p)
    {
        using var x = tensor((2 * p) - 1, ScalarType.Float64);
        using var y = x.erfinv();
        return Math.Sqrt(2) * y.item<double>();
    }

    private static int AtLeastOne(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "Expected at least 1.");

    /// <summary>Its parameters, without the base.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Sigma = {Sigma}, Draws = {Draws}, Selection = {Selection}, Alpha = {Alpha}, Seed = {Seed}");
        return true;
    }
}
