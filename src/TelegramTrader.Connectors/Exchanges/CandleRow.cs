using System.Globalization;
using System.Text.Json;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>A candle as the gateway sends it: time of its opening in Unix milliseconds, then open, high, low, close and volume as text.</summary>
internal static class CandleRow
{
    /// <exception cref="FormatException">It is no such row, or can't be true.</exception>
    public static Candle Read(IReadOnlyList<JsonElement> row, Timeframe timeframe)
    {
        try
        {
            if (row.Count != 6)
                throw new FormatException($"it has {row.Count} fields instead of 6");
            return new Candle(new Instant(row[0].GetInt64()), timeframe, new Price(Number(1)), new Price(Number(2)), new Price(Number(3)), new Price(Number(4)), Number(5));
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException(exception.Message, exception);
        }

        decimal Number(int index) => decimal.Parse(row[index].GetString() ?? "", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }
}
