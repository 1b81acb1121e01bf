using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Simulates customers who pay by card, and three kinds of thieves. docs/guide/data.md describes the process.</summary>
/// <remarks>
/// Amounts are lognormal per customer, times are Poisson with an hour-of-day profile per customer, and merchants have categories and countries. Customers also travel and
/// buy new devices, so that no single feature gives a thief away.
/// The idea of simulating fraud by scenarios is from Le Borgne, Siblini, Lebichot, Bontempi, "Reproducible Machine Learning for Credit Card Fraud Detection", 2022;
/// the process is our own.
/// </remarks>
/// <param name="seed">The same seed gives the same payments.</param>
public sealed class TransactionSimulator(int seed)
{
    private const int Merchants = 400, CompromiseDays = 7, Compromised = 20;
    private static readonly double[] CountryRisks = [0.05, 0.05, 0.1, 0.15, 0.3, 0.5, 0.7, 0.9];
    private static readonly (double Risk, double Factor, bool Online, double Share)[] Categories =
    [
        (0.05, 0.8, false, 0.35), (0.1, 1.0, false, 0.15), (0.1, 0.9, false, 0.2), (0.3, 1.2, true, 0.15), (0.5, 3.0, true, 0.06), (0.6, 4.0, false, 0.05), (0.9, 1.5, true, 0.04),
    ];

    private sealed record Person(int Number, int Country, double LogMean, double PerDay, double Peak);

    private sealed record Shop(int Country, int Category, double BadFrom);

    /// <summary>Runs the simulation.</summary>
    /// <param name="customers">How many people pay, at least 1.</param>
    /// <param name="days">How long, at least 1.</param>
    /// <returns>The payments in the order of time.</returns>
    public IReadOnlyList<Transaction> Run(int customers, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(customers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var world = SplitMix.Of(seed, 0);
        var shops = Enumerable.Range(0, Merchants)
            .Select(n => new Shop(Country(world), Category(world), n < Compromised ? world.Uniform(0, 24.0 * days) : double.PositiveInfinity)).ToArray();
        return [.. Enumerable.Range(0, customers).SelectMany(n => Live(n, days, shops, SplitMix.Of(seed, n + 1))).OrderBy(t => t.Time).ThenBy(t => t.Customer)];
    }

    private static List<Transaction> Live(int number, int days, Shop[] shops, SplitMix random)
    {
        var person = new Person(number, Country(random), 3.3 + (0.5 * random.Normal()), Math.Exp(-0.1 + (0.5 * random.Normal())), random.Uniform(9, 21));
        var (payments, device, abroad) = (new List<Transaction>(), 0, 0.0);
        var elsewhere = person.Country;
        for (var day = 0; day < days; day++)
        {
            if (random.Chance(0.01)) (abroad, elsewhere) = (day + random.Uniform(3, 8), Country(random));
            if (random.Chance(0.004)) device++;
            for (var left = random.Exponential(1); left < person.PerDay; left += random.Exponential(1))
            {
                var hour = (((person.Peak + (4 * random.Normal())) % 24) + 24) % 24;
                payments.Add(Pay(person, (24 * day) + hour, day < abroad ? elsewhere : person.Country, 1, random.Chance(0.97) ? device : device + 1, FraudScenario.None, shops, random));
            }
            if (random.Chance(0.0008)) Steal(payments, person, day, device, shops, random);
            if (random.Chance(0.0022)) TakeOver(payments, person, day, shops, random);
        }
        AfterCompromise(payments, person, device, days, shops, random);
        return [.. payments.Where(p => p.Time < 24 * days)];
    }

    private static void Steal(List<Transaction> payments, Person person, int day, int device, Shop[] shops, SplitMix random)
    {
        var time = (24 * day) + random.Uniform(0, 22);
        for (var left = 4 + random.Below(7); left > 0; left--)
        {
            payments.Add(Pay(person, time, person.Country, random.Uniform(1, 4), device, FraudScenario.StolenCard, shops, random));
            time += random.Exponential(0.2);
        }
    }

    private static void TakeOver(List<Transaction> payments, Person person, int day, Shop[] shops, SplitMix random)
    {
        var (time, country) = ((24 * day) + random.Uniform(0, 24), (person.Country + 1 + random.Below(CountryRisks.Length - 1)) % CountryRisks.Length);
        for (var left = 1 + random.Below(4); left > 0; left--)
        {
            payments.Add(Pay(person, time, country, random.Uniform(3, 10), 1000 + day, FraudScenario.AccountTakeover, shops, random));
            time += random.Exponential(1.5);
        }
    }

    /// <summary>Whoever paid at a compromised merchant in its bad week may see his card used at night some days later.</summary>
    private static void AfterCompromise(List<Transaction> payments, Person person, int device, int days, Shop[] shops, SplitMix random)
    {
        var visits = payments.Where(p => p.Time >= shops[p.Merchant].BadFrom && p.Time < shops[p.Merchant].BadFrom + (24 * CompromiseDays)).ToArray();
        foreach (var visit in visits)
        {
            if (!random.Chance(0.4)) continue;
            for (var left = 1 + random.Below(3); left > 0; left--)
            {
                var night = (24 * (Math.Floor(visit.Time / 24) + 1 + random.Below(5))) + random.Uniform(1, 5);
                if (night >= 24 * days) continue;
                var payment = Pay(person, night, Country(random), 1, device + 1, FraudScenario.CompromisedMerchant, shops, random);
                payments.Add(payment with { Online = true, MerchantRisk = Math.Max(0.3, payment.MerchantRisk) });
            }
        }
    }

    private static Transaction Pay(Person person, double time, int country, double factor, int device, FraudScenario fraud, Shop[] shops, SplitMix random)
    {
        var merchant = random.Below(shops.Length);
        for (var tries = 0; tries < 50 && shops[merchant].Country != country; tries++) merchant = random.Below(shops.Length);
        var category = Categories[shops[merchant].Category];
        var amount = Math.Clamp(Math.Exp(person.LogMean + (0.6 * random.Normal())) * category.Factor * factor, 0.5, 20_000);
        return new Transaction(
            time, person.Number, merchant, Math.Round(amount, 2), CountryRisks[country], category.Risk, country != person.Country, category.Online, device, fraud);
    }

    /// <summary>Seven in ten live in the first three countries.</summary>
    private static int Country(SplitMix random) => random.Chance(0.7) ? random.Below(3) : 3 + random.Below(CountryRisks.Length - 3);

    private static int Category(SplitMix random)
    {
        var at = random.Uniform();
        for (var i = 0; i < Categories.Length; i++)
        {
            if ((at -= Categories[i].Share) < 0) return i;
        }
        return 0;
    }
}
