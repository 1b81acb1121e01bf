namespace Adamant.Texts;

/// <summary>What became of a piece of text.</summary>
public enum WordChangeKind
{
    /// <summary>It is in both texts.</summary>
    Kept,

    /// <summary>It is in the original only.</summary>
    Deleted,

    /// <summary>It is in the moved text only.</summary>
    Inserted,
}
