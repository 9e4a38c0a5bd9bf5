using System.Globalization;

namespace TelegramTrader.Core.Market;

/// <summary>
/// Trade prices of one symbol over one timeframe. <see cref="OpenTime"/> is the start; <see cref="Volume"/> is in the base asset.
/// A candle whose high or low contradicts its other prices can't be made.
/// </summary>
public readonly record struct Candle
{
    public Candle(Instant openTime, Timeframe timeframe, Price open, Price high, Price low, Price close, decimal volume)
    {
        if (high < low || high < open || high < close || low > open || low > close || volume < 0m)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The candle at {openTime} can't be true: open {open}, high {high}, low {low}, close {close}, volume {volume}."));
        OpenTime = openTime;
        Timeframe = timeframe;
        Open = open;
        High = high;
        Low = low;
        Close = close;
        Volume = volume;
    }

    public Instant OpenTime { get; }

    public Timeframe Timeframe { get; }

    public Price Open { get; }

    public Price High { get; }

    public Price Low { get; }

    public Price Close { get; }

    public decimal Volume { get; }

    /// <summary>The first moment that no longer belongs to this candle.</summary>
    public Instant CloseTime => OpenTime + Timeframe.Length;
}
