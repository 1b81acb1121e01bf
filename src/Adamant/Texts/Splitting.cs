namespace Adamant.Texts;

/// <summary>How a text is cut into the pieces that a vocabulary counts.</summary>
public enum Splitting
{
    /// <summary>Runs of letters and digits, and runs of other signs; white space separates and is no token.</summary>
    Words,
}
