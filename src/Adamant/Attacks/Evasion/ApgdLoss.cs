namespace Adamant.Attacks.Evasion;

/// <summary>What <see cref="Apgd"/> climbs.</summary>
public enum ApgdLoss
{
    /// <summary>The cross-entropy: its gradient vanishes where the model is certain.</summary>
    Ce,

    /// <summary>The difference of logits ratio, which does not change when the logits are rescaled; needs three classes.</summary>
    Dlr,
}
