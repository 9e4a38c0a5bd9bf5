using System.Text.Json;
using TelegramTrader.Backtests;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary>What became of posts as JSON; docs/cli.md names every field.</summary>
internal static class PostsJson
{
    public static string Of(PostsVerb.Results results)
    {
        var (result, simulation, candles) = (results.Backtest.Result, results.Simulation, results.Backtest.Prices.Candles);
        return JsonSerializer.Serialize(
            new
            {
                PostsVerb.Rule,
                Asset = result.StartingBalance.Asset,
                Balance = result.StartingBalance.Amount,
                simulation.MakerFee,
                simulation.TakerFee,
                Slippage = simulation.BaseSlippage,
                simulation.Spread,
                DelaySeconds = result.Delay.TotalSeconds,
                Limits = result.WithLimits,
                Timeframe = candles.Timeframe.ToString(),
                FinerTimeframe = results.Backtest.Prices.Finer?.Timeframe.ToString(),
                Candles = candles.Count,
                results.Backtest.Prices.Notes,
                Posts = new
                {
                    result.Posts.Read, result.Posts.Signals, result.Posts.Updates, result.Posts.Doubtful, result.Posts.Malformed, result.Posts.NotSignals, result.Posts.FirstTextUnknown, result.Posts.WithoutPrices,
                },
                Totals = Totals(result),
                Channels = result.Outcomes.GroupBy(outcome => outcome.Channel.Value).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Channel(group.Key, [.. group])),
                Delays = results.Backtest.Sweep.Select(swept => new { DelaySeconds = swept.Delay.TotalSeconds, Totals = Totals(swept) }),
                Claims = result.Claims.GroupBy(claim => claim.Channel.Value).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new
                {
                    Channel = group.Key,
                    True = group.Count(claim => claim.Checked.Verdict == Core.Engine.Claims.ClaimVerdict.True),
                    False = group.Count(claim => claim.Checked.Verdict == Core.Engine.Claims.ClaimVerdict.False),
                    Unknown = group.Count(claim => claim.Checked.Verdict == Core.Engine.Claims.ClaimVerdict.Unknown),
                }),
                Seconds = results.Took.TotalSeconds,
                BadLines = results.BadLines.Select(bad => new { bad.Line, bad.Reason }),
                Results = result.Outcomes.Select(Outcome),
                Equity = result.Equity.Select(point => new { Time = point.Time.UnixMilliseconds, Equity = Short(point.Equity) }),
            },
            StrategyJson.Options);
    }

    public static string Word(SignalEnd end) => end switch
    {
        SignalEnd.Denied => "denied",
        SignalEnd.Unfilled => "unfilled",
        SignalEnd.Closed => "closed",
        SignalEnd.StillOpen => "open",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "Not in the table of ends."),
    };

    public static string Word(TradeSide side) => side == TradeSide.Long ? "long" : "short";

    private static object Totals(PostBacktestResult result) => new
    {
        Signals = result.Outcomes.Count,
        Closed = result.Count(SignalEnd.Closed),
        Open = result.Count(SignalEnd.StillOpen),
        Unfilled = result.Count(SignalEnd.Unfilled),
        Denied = result.Count(SignalEnd.Denied),
        DeniedBy = result.Outcomes.Where(outcome => outcome.End == SignalEnd.Denied).GroupBy(outcome => outcome.Reason ?? "").OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count()),
        Won = result.Outcomes.Count(outcome => outcome.End == SignalEnd.Closed && outcome.Net > 0m),
        Net = Short(result.Net),
        MeanR = MeanR(result.Outcomes),
        Fees = Short(result.Fees),
        Funding = Short(result.Funding),
        FinalEquity = Short(result.FinalEquity.Amount),
        MaxDrawdown = Short(result.DeepestDrawdown),
        result.SameCandleConflicts,
        result.ResolvedOnFinerCandles,
    };

    private static object Channel(string name, IReadOnlyList<SignalOutcome> outcomes) => new
    {
        Channel = name,
        Signals = outcomes.Count,
        Closed = outcomes.Count(outcome => outcome.End == SignalEnd.Closed),
        Open = outcomes.Count(outcome => outcome.End == SignalEnd.StillOpen),
        Unfilled = outcomes.Count(outcome => outcome.End == SignalEnd.Unfilled),
        Denied = outcomes.Count(outcome => outcome.End == SignalEnd.Denied),
        Won = outcomes.Count(outcome => outcome.End == SignalEnd.Closed && outcome.Net > 0m),
        Net = Short(outcomes.Sum(outcome => outcome.Net)),
        MeanR = MeanR(outcomes),
    };

    private static object Outcome(SignalOutcome outcome) => new
    {
        Id = outcome.Id.Value,
        Channel = outcome.Channel.Value,
        outcome.MessageId,
        Symbol = outcome.Symbol.ToString(),
        Side = Word(outcome.Side),
        PostedAt = outcome.PostedAt.UnixMilliseconds,
        ActedAt = outcome.ActedAt.UnixMilliseconds,
        End = Word(outcome.End),
        outcome.Reason,
        EntryPrice = Short(outcome.EntryPrice),
        OpenedAt = outcome.OpenedAt?.UnixMilliseconds,
        ClosedAt = outcome.ClosedAt?.UnixMilliseconds,
        Stop = Short(outcome.Stop),
        Targets = outcome.Targets.Select(Short),
        outcome.TargetsReached,
        Gross = Short(outcome.Gross),
        Fees = Short(outcome.Fees),
        Funding = Short(outcome.Funding),
        Net = Short(outcome.Net),
        RMultiple = Short(outcome.RMultiple),
        outcome.SameCandleConflicts,
        outcome.PostHadStop,
        outcome.EditedLater,
        outcome.DeletedLater,
    };

    /// <summary>Of all that had a position; null where none had.</summary>
    public static decimal? MeanR(IReadOnlyList<SignalOutcome> outcomes) =>
        outcomes.Select(outcome => outcome.RMultiple).OfType<decimal>().ToArray() is { Length: > 0 } multiples ? Math.Round(multiples.Average(), 6) : null;

    /// <summary>The same number without zeros at the end of its decimals.</summary>
    public static decimal Short(decimal value) => value / 1.0000000000000000000000000000m;

    public static decimal? Short(decimal? value) => value is { } number ? Short(number) : null;
}
