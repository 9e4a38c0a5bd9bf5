using System.Text.Json;
using System.Text.Json.Serialization;
using TelegramTrader.Core.Backtest;

namespace TelegramTrader.Backtests;

/// <summary>The results as JSON. Times are Unix milliseconds, money is in the quote asset; docs/cli.md names every field.</summary>
internal static class StrategyJson
{
    public static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string Of(string name, IReadOnlyDictionary<string, decimal> parameters, PriceSeries series, StrategySettings settings, StrategyResult result, LookaheadCheck? check = null)
    {
        var times = series.Times.ToArray();
        return JsonSerializer.Serialize(
            new
            {
                Strategy = name,
                Params = parameters,
                Rule = StrategyText.FillRule,
                settings.Cash,
                Size = settings.Units is { } units ? (object)units : "all",
                settings.Fee,
                result.Bars,
                From = times[0],
                To = times[^1],
                Trades = result.Trades.Select(trade => new
                {
                    EntryTime = times[trade.EntryBar], trade.EntryPrice, ExitTime = times[trade.ExitBar!.Value], ExitPrice = trade.ExitPrice!.Value, Side = "long", Size = trade.Units, trade.Pnl, trade.Fee,
                }),
                OpenTrade = result.Open is { } open ? new { EntryTime = times[open.EntryBar], open.EntryPrice, Side = "long", Size = open.Units, open.Pnl, open.Fee } : null,
                EntriesLeftOut = result.LeftOut,
                result.FinalEquity,
                Metrics = Metrics(result.Metrics),
                LookaheadCheck = check is null ? null : new { check.Cuts, check.Different, FirstDifference = check.FirstDifference is { } bar ? times[bar] : (long?)null },
            },
            Options);
    }

    public static object Metrics(StrategyMetrics metrics) => new
    {
        metrics.Return, metrics.WinRate, metrics.AveragePnl, metrics.Expectancy, metrics.ProfitFactor, metrics.MaxDrawdown, metrics.Sharpe, metrics.Sortino, metrics.Calmar, metrics.Exposure,
        TimeInMarketSeconds = metrics.TimeInMarket.TotalSeconds, metrics.FeesPaid,
    };
}
