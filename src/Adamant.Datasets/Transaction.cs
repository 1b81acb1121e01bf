namespace Adamant.Datasets;

/// <summary>One simulated card payment, in units of people.</summary>
/// <param name="Time">Hours since the simulation began, at midnight.</param>
/// <param name="Customer">The number of the customer.</param>
/// <param name="Merchant">The number of the merchant.</param>
/// <param name="Amount">In a currency's units, above 0.</param>
/// <param name="CountryRisk">The risk of the country of the payment, in [0, 1].</param>
/// <param name="MerchantRisk">The risk of the merchant's category, in [0, 1].</param>
/// <param name="Foreign">Whether the country is not the customer's own.</param>
/// <param name="Online">Whether the card was not present.</param>
/// <param name="Device">The number of the customer's device; 0 is the usual one.</param>
/// <param name="Fraud">What is behind it.</param>
public sealed record Transaction(
    double Time, int Customer, int Merchant, double Amount, double CountryRisk, double MerchantRisk, bool Foreign, bool Online, int Device, FraudScenario Fraud)
{
    /// <summary>The hour of the day, in [0, 24).</summary>
    public double Hour => Time % 24;
}
