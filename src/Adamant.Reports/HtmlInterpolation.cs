using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;

namespace Adamant.Reports;

/// <summary>Collects an interpolated string for <see cref="Html.Of"/> and escapes its values for text and for quoted attributes.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlInterpolation
{
    private readonly StringBuilder builder;

    public HtmlInterpolation(int literalLength, int formattedCount) => builder = new StringBuilder(literalLength + 16 * formattedCount);

    public void AppendLiteral(string markup) => builder.Append(markup);

    public void AppendFormatted(Html markup) => builder.Append(markup.ToString());

    public void AppendFormatted(string? text)
    {
        foreach (var c in Printable(text ?? ""))
        {
            _ = c switch
            {
                '&' => builder.Append("&amp;"),
                '<' => builder.Append("&lt;"),
                '>' => builder.Append("&gt;"),
                '"' => builder.Append("&quot;"),
                '\'' => builder.Append("&#39;"),
                _ => builder.Append(c),
            };
        }
    }

    public void AppendFormatted<T>(T value, string? format = null)
        where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    public string ToStringAndClear() => builder.ToString();

    /// <summary>The text with a replacement sign for what no page can hold: control characters and halves of a surrogate pair.</summary>
    public static string Printable(string text)
    {
        var printable = text.ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else if (!XmlConvert.IsXmlChar(text[i])) printable[i] = '\uFFFD';
        }
        return new string(printable);
    }
}
