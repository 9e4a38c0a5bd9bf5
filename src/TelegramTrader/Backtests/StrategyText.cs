using System.Globalization;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Backtests;

/// <summary>How backtests of strategies are worded, wherever they are shown.</summary>
internal static class StrategyText
{
    /// <summary>How trades come about; part of every output.</summary>
    public const string FillRule = "signal on close, fill at the next open, fee on each fill, no spread, no slippage; what is open at the end is valued at the last close";

    /// <summary>As in <c>fast 10, slow 30</c>.</summary>
    public static string InWords(IReadOnlyDictionary<string, decimal> values) => string.Join(", ", values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key} {value.Value}")));

    public static string InWords(LookaheadCheck check, PriceSeries series) => check.FirstDifference is { } bar
        ? string.Create(CultureInfo.InvariantCulture, $"KNOWS THE FUTURE: {check.Different} of {check.Cuts} runs that end earlier have other fills, the first of them the one up to {new Instant(series.Times[bar])}. Don't believe this result.")
        : string.Create(CultureInfo.InvariantCulture, $"Run again with {check.Cuts} earlier ends: every fill is the same, so nothing of the future was known");

    /// <summary>With its sign, and none where it rounds to nothing.</summary>
    public static string Change(double share) => (Math.Round(share * 100, 1) + 0.0).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";

    public static string Percent(double? share) => share is { } value ? value.ToString("P1", CultureInfo.InvariantCulture) : "–";

    public static string Ratio(double? ratio) => ratio is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
