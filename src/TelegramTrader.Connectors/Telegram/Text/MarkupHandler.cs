using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TelegramTrader.Connectors.Telegram.Text;

/// <summary>Builds markup from an interpolated string: the literal parts as they are, the values escaped.</summary>
[InterpolatedStringHandler]
public readonly ref struct MarkupHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder _html = new(literalLength + formattedCount * 16);

    internal string Html => _html.ToString();

    public void AppendLiteral(string markup) => _html.Append(markup);

    public void AppendFormatted(string? value) => _html.Append(TelegramHtml.Escape(value ?? ""));

    public void AppendFormatted<T>(T value, string? format = null) =>
        AppendFormatted(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());
}
