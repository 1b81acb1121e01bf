using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Datasets;

/// <summary>Card payments with labeled fraud, simulated: twelve features in [0, 1], one to two in a hundred fraudulent.</summary>
/// <remarks>
/// The test part comes after the training part in time. Each row knows only what the bank knew at that moment: counts, means and devices are of the customer's earlier
/// payments. A simulation is no bank: accuracy here says nothing about real fraud. See <see cref="TransactionSimulator"/>.
/// </remarks>
public sealed class Transactions : INamedDataset
{
    private const int PerCustomer = 40, MostAmount = 20_000, MostMinutes = 30 * 24 * 60, MostInHour = 10, MostInDay = 20, MostRatio = 100;
    private static readonly string[] AllFeatures =
    [
        "transaction_amount", "location_risk", "time_risk", "merchant_risk", "hour", "foreign", "online", "new_device",
        "time_since_last", "count_last_hour", "count_last_day", "ratio_to_own_mean",
    ];

    private static readonly FeatureUnit[] AllUnits =
    [
        new(0, MostAmount, true), FeatureUnit.Same, FeatureUnit.Same, FeatureUnit.Same, new(0, 24), FeatureUnit.Same, FeatureUnit.Same, FeatureUnit.Same,
        new(0, MostMinutes, true), new(0, MostInHour), new(0, MostInDay), new(0, MostRatio, true),
    ];

    /// <summary>The three features of the article's fraud example.</summary>
    public static IReadOnlyList<string> ArticleFeatures { get; } = ["transaction_amount", "location_risk", "time_risk"];

    /// <summary>The features in order; null for all twelve.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>The payments to learn from, at least 100.</summary>
    public int TrainRows { get; init; } = 16_000;

    /// <summary>The payments of the test, at least 100.</summary>
    public int TestRows { get; init; } = 4_000;

    /// <summary>The same seed gives the same payments.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    public string Name => "transactions";

    /// <inheritdoc/>
    public Availability Availability => Availability.Generated;

    /// <inheritdoc/>
    public DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = $"Card payments with labeled fraud, simulated with seed {Seed}.",
        Input = new InputSpec([Chosen.Count], 0, 1),
        Rows = part == DatasetPart.Train ? TrainRows : TestRows,
        ClassNames = ["legit", "fraud"],
        FeatureNames = Chosen,
        Units = [.. Chosen.Select(name => Array.IndexOf(AllFeatures, name)).Where(c => c >= 0).Select(c => AllUnits[c])],
        License = "MIT",
        Source = "Adamant",
    };

    private IReadOnlyList<string> Chosen => Features ?? AllFeatures;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A part of fewer than 100 or more than 1,000,000 rows, or a feature that does not exist.</exception>
    public IDataset Load(DatasetPart part)
    {
        if (TrainRows is < 100 or > 1_000_000 || TestRows is < 100 or > 1_000_000) throw new ArgumentException($"Expected 100 to 1,000,000 rows for each part, got {TrainRows} and {TestRows}.");
        int[] columns = [.. Chosen.Select(name => Array.IndexOf(AllFeatures, name))];
        if (columns.Length == 0 || columns.Contains(-1)) throw new ArgumentException($"Expected some of the features {string.Join(", ", AllFeatures)}, got {string.Join(", ", Chosen)}.");
        var (x, y) = Encode(Payments());
        var start = part == DatasetPart.Train ? 0 : TrainRows;
        var card = Card(part);
        using var scope = NewDisposeScope();
        var inputs = tensor(x).reshape(-1, AllFeatures.Length).narrow(0, start, card.Rows).index_select(1, tensor(columns.Select(c => (long)c).ToArray()));
        return new TensorDataset(card, inputs, tensor(y.AsSpan(start, (int)card.Rows).ToArray()));
    }

    /// <summary>The payments of both parts in the order of time, in units of people: row n of the training part is payment n.</summary>
    public IReadOnlyList<Transaction> Payments()
    {
        var customers = Math.Max(1, (TrainRows + TestRows) / PerCustomer);
        var simulator = new TransactionSimulator(Seed);
        for (var days = 2 * PerCustomer; ; days *= 2)
        {
            var payments = simulator.Run(customers, days);
            if (payments.Count >= TrainRows + TestRows) return [.. payments.Take(TrainRows + TestRows)];
        }
    }

    private static (float[] X, long[] Y) Encode(IReadOnlyList<Transaction> payments)
    {
        var (x, y, histories) = (new float[payments.Count * AllFeatures.Length], new long[payments.Count], new Dictionary<int, History>());
        for (var row = 0; row < payments.Count; row++)
        {
            var payment = payments[row];
            if (!histories.TryGetValue(payment.Customer, out var history)) histories[payment.Customer] = history = new History();
            history.Encode(payment).CopyTo(x, row * AllFeatures.Length);
            history.Add(payment);
            y[row] = payment.Fraud == FraudScenario.None ? 0 : 1;
        }
        return (x, y);
    }

    /// <summary>What the bank knows of a customer before a payment.</summary>
    private sealed class History
    {
        private readonly Queue<double> lastDay = new();
        private readonly HashSet<int> devices = [0];
        private double sum, last = double.NegativeInfinity;
        private int count;

        public float[] Encode(Transaction payment)
        {
            while (lastDay.TryPeek(out var oldest) && oldest < payment.Time - 24) lastDay.Dequeue();
            var mean = count == 0 ? payment.Amount : sum / count;
            var hours = Math.Min(payment.Time - last, 30 * 24);
            return
            [
                Log(payment.Amount, MostAmount),
                (float)payment.CountryRisk,
                (float)(0.5 + (0.5 * Math.Cos((payment.Hour - 3) / 24 * Math.Tau))),
                (float)payment.MerchantRisk,
                (float)(payment.Hour / 24),
                payment.Foreign ? 1 : 0,
                payment.Online ? 1 : 0,
                devices.Contains(payment.Device) ? 0 : 1,
                Log(hours * 60, MostMinutes),
                Math.Min(MostInHour, lastDay.Count(t => t > payment.Time - 1)) / (float)MostInHour,
                Math.Min(MostInDay, lastDay.Count) / (float)MostInDay,
                Log(payment.Amount / mean, MostRatio),
            ];
        }

        public void Add(Transaction payment)
        {
            (sum, count, last) = (sum + payment.Amount, count + 1, payment.Time);
            lastDay.Enqueue(payment.Time);
            devices.Add(payment.Device);
        }

        /// <summary>log(1 + value) / log(1 + most), at most 1.</summary>
        private static float Log(double value, double most) => (float)Math.Min(1, Math.Log(1 + value) / Math.Log(1 + most));
    }
}
