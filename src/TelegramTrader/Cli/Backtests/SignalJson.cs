using System.Text.Json;
using TelegramTrader.Backtests;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary>The results of signals as JSON; docs/cli.md names every field.</summary>
internal static class SignalJson
{
    public static string Of(SignalVerb.Order order, SignalVerb.Results results) => JsonSerializer.Serialize(
        new
        {
            Rule = SignalVerb.FillRule,
            order.Settings.Size,
            order.Settings.Fee,
            order.Settings.Slippage,
            order.Settings.Spread,
            order.Settings.MaxHold,
            results.Bars,
            Signals = results.Outcomes.Count,
            ByExitReason = Enum.GetValues<IndependentEnd>().ToDictionary(Word, results.Count),
            Conflicts = results.Outcomes.Count(one => one.Outcome.Conflict),
            Pnl = Short(results.Net),
            Fees = Short(results.Outcomes.Sum(one => one.Outcome.Closed?.Fees.Amount ?? 0m)),
            Seconds = results.Took.TotalSeconds,
            BadLines = results.File.BadLines,
            Results = results.Outcomes.Select(one => Result(one.Written, one.Outcome, one.Candles)),
        },
        StrategyJson.Options);

    public static string Word(IndependentEnd end) => end switch
    {
        IndependentEnd.Stop => "stop",
        IndependentEnd.Target => "target",
        IndependentEnd.Time => "time",
        IndependentEnd.End => "end",
        IndependentEnd.Unfilled => "unfilled",
        IndependentEnd.Rejected => "rejected",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "Not in the table of ends."),
    };

    private static object Result(WrittenSignal written, IndependentOutcome outcome, PriceRanges? candles) => new
    {
        written.Signal.Id,
        written.Symbol,
        Side = written.Signal.Side == TradeSide.Long ? "long" : "short",
        EntryTime = TimeOf(outcome.EntryBar, candles),
        EntryPrice = outcome.Closed is { } closed ? Short(closed.AverageEntry.Value) : (decimal?)null,
        outcome.TargetsHit,
        ExitReason = Word(outcome.End),
        ExitTime = TimeOf(outcome.ExitBar, candles),
        Pnl = Short(outcome.Closed?.Net.Amount ?? 0m),
        Fees = Short(outcome.Closed?.Fees.Amount ?? 0m),
        outcome.Conflict,
        Reason = outcome.Reason.Length == 0 ? null : outcome.Reason,
    };

    /// <summary>The same number without zeros at the end of its decimals.</summary>
    private static decimal Short(decimal value) => value / 1.0000000000000000000000000000m;

    private static long? TimeOf(int? bar, PriceRanges? candles) => bar is { } number ? candles!.Times[number] : null;
}
