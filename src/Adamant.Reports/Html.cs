namespace Adamant.Reports;

/// <summary>Markup that is safe on a page. Text of an audit becomes markup only through <see cref="Of"/>, which escapes every value.</summary>
internal readonly struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    /// <summary>Nothing at all.</summary>
    public static Html None => default;

    /// <summary>Markup from an interpolated string: its literal parts stay as they are, every value is escaped unless it is markup already.</summary>
    public static Html Of(ref HtmlInterpolation markup) => new(markup.ToStringAndClear());

    /// <summary>The pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(p => p.markup)));

    /// <summary>One piece per item.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> piece) => Join(items.Select(piece));

    /// <summary>One piece per item and its number from 0.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, int, Html> piece) => Join(items.Select(piece));

    /// <summary>Markup that an XML writer has already escaped.</summary>
    public static Html From(System.Xml.Linq.XElement element) => new(element.ToString(System.Xml.Linq.SaveOptions.DisableFormatting));

    /// <summary>The contents of an embedded file of ours.</summary>
    public static Html Resource(string name)
    {
        using var stream = typeof(Html).Assembly.GetManifestResourceStream(name)!;
        return new Html(new StreamReader(stream).ReadToEnd());
    }

    /// <summary>The markup.</summary>
    public override string ToString() => markup ?? "";
}
