namespace Adamant.Explaining;

/// <summary>What stands for "no token" when a text is explained.</summary>
public enum TokenBaseline
{
    /// <summary>An embedding of zeros: between all tokens, if none of them.</summary>
    Zero,

    /// <summary>The embedding of token 0, padding; of a network that never reads padding an untrained one.</summary>
    Padding,
}
