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
        var value = text ?? "";
        for (var i = 0; i < value.Length; i++)
        {
            if (i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1])) builder.Append(value[i++]).Append(value[i]);
            else if (!XmlConvert.IsXmlChar(value[i])) builder.Append('\uFFFD');        // control characters and halves of a pair break the page
            else builder.Append(Escape(value[i]));
        }
    }

    public void AppendFormatted<T>(T value, string? format = null)
        where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    public string ToStringAndClear() => builder.ToString();

    private static string Escape(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => c.ToString(),
    };
}
