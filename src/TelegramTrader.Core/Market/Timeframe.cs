using System.Globalization;

namespace TelegramTrader.Core.Market;

/// <summary>The length of a candle in whole minutes.</summary>
public readonly record struct Timeframe
{
    public static readonly Timeframe OneMinute = new(1);

    public Timeframe(int minutes)
    {
        if (minutes is < 1 or > 44640)
            throw new ArgumentOutOfRangeException(nameof(minutes), minutes, "A timeframe has 1 to 44640 minutes.");
        Minutes = minutes;
    }

    public int Minutes { get; }

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);

    /// <summary>As exchanges write it: 1m, 4h, 1d.</summary>
    public override string ToString() => Minutes switch
    {
        _ when Minutes % 1440 == 0 => (Minutes / 1440).ToString(CultureInfo.InvariantCulture) + "d",
        _ when Minutes % 60 == 0 => (Minutes / 60).ToString(CultureInfo.InvariantCulture) + "h",
        _ => Minutes.ToString(CultureInfo.InvariantCulture) + "m",
    };
}
