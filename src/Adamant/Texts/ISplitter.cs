namespace Adamant.Texts;

/// <summary>Cuts texts into pieces, one way of <see cref="Splitting"/>. Safe to use from several threads.</summary>
internal interface ISplitter
{
    /// <summary>The pieces of a text in order, each with the place where it stands; lazily, since most of a long text is cut off.</summary>
    IEnumerable<(string Piece, int Start, int Length)> Split(string text);

    /// <summary>Puts pieces together again, as far as that goes.</summary>
    string Join(IEnumerable<string> pieces);
}
