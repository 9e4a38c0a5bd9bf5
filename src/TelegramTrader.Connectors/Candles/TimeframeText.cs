using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Candles;

/// <summary>Timeframes as they are typed: 1m, 15m, 4h, 1d.</summary>
public static class TimeframeText
{
    public static bool TryParse(string? text, out Timeframe timeframe)
    {
        timeframe = default;
        if (text is not { Length: >= 2 } || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 44640)
            return false;
        var minutes = (long)number * text[^1] switch { 'm' => 1, 'h' => 60, 'd' => 1440, _ => 0 };
        if (minutes is < 1 or > 44640)
            return false;
        timeframe = new Timeframe((int)minutes);
        return true;
    }
}
