using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Questions of a bank's customers in 77 classes, <c>transaction_charged_twice</c> among them, read from the user's files.</summary>
/// <remarks>10,003 + 3,080 questions in the official split. Source: Casanueva et al., "Efficient Intent Detection with Dual Sentence Encoders", 2020, arXiv:2003.04807.</remarks>
/// <param name="folder">Holds <c>banking77</c>; null for nowhere.</param>
public sealed class Banking77(string? folder = null) : TextSet
{
    private const string Classes = """
        Refund_not_showing_up activate_my_card age_limit apple_pay_or_google_pay atm_support automatic_top_up
        balance_not_updated_after_bank_transfer balance_not_updated_after_cheque_or_cash_deposit beneficiary_not_allowed cancel_transfer
        card_about_to_expire card_acceptance card_arrival card_delivery_estimate card_linking card_not_working card_payment_fee_charged
        card_payment_not_recognised card_payment_wrong_exchange_rate card_swallowed cash_withdrawal_charge cash_withdrawal_not_recognised
        change_pin compromised_card contactless_not_working country_support declined_card_payment declined_cash_withdrawal
        declined_transfer direct_debit_payment_not_recognised disposable_card_limits edit_personal_details exchange_charge exchange_rate
        exchange_via_app extra_charge_on_statement failed_transfer fiat_currency_support get_disposable_virtual_card get_physical_card
        getting_spare_card getting_virtual_card lost_or_stolen_card lost_or_stolen_phone order_physical_card passcode_forgotten
        pending_card_payment pending_cash_withdrawal pending_top_up pending_transfer pin_blocked receiving_money request_refund
        reverted_card_payment? supported_cards_and_currencies terminate_account top_up_by_bank_transfer_charge top_up_by_card_charge
        top_up_by_cash_or_cheque top_up_failed top_up_limits top_up_reverted topping_up_by_card transaction_charged_twice
        transfer_fee_charged transfer_into_account transfer_not_received_by_recipient transfer_timing unable_to_verify_identity
        verify_my_identity verify_source_of_funds verify_top_up virtual_card_not_working visa_or_mastercard why_verify_identity
        wrong_amount_of_cash_received wrong_exchange_rate_for_cash_withdrawal
        """;

    private static readonly string[] ClassNames = Classes.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
    private readonly UserFolder files = new(folder, "banking77", "train.csv", "test.csv");

    /// <inheritdoc/>
    public override string Name => "banking77";

    /// <inheritdoc/>
    public override Availability Availability => files.Availability;

    /// <inheritdoc/>
    public override DatasetCard Card(DatasetPart part) => new()
    {
        Name = Name,
        Description = "Questions of a bank's customers: what is it about?",
        Input = AnyTokens,
        Rows = part == DatasetPart.Train ? 10_003 : 3080,
        ClassNames = ClassNames,
        License = "CC BY 4.0",
        Source = "Casanueva et al., Efficient Intent Detection with Dual Sentence Encoders, 2020, arXiv:2003.04807",
        Sha256 = part == DatasetPart.Train ? "b06e26ac675513959a63135f11b94ea7786ed02da65db93a5650d8838cbc664b" : "d12d6e3bc4c3103966ae786dc435913c0c563dfa328f5a3646d0e62cfeeb474d",
    };

    private protected override Table Read(DatasetPart part) =>
        TextFile.ReadTable(files.PathOf(part == DatasetPart.Train ? "train.csv" : "test.csv"), new TextOptions { Label = "category" });
}
