namespace Adamant.Datasets;

/// <summary>What is behind a simulated transaction.</summary>
public enum FraudScenario
{
    /// <summary>The customer.</summary>
    None,

    /// <summary>A stolen card: 4 to 10 payments within two hours, one to four times the usual amount, on the customer's own ground.</summary>
    StolenCard,

    /// <summary>A taken-over account: 1 to 4 payments from a new device in a foreign country, three to ten times the usual amount.</summary>
    AccountTakeover,

    /// <summary>A compromised merchant: days after a visit, 1 to 3 online payments of usual amounts, at night.</summary>
    CompromisedMerchant,
}
