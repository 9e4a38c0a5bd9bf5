using System.Globalization;
using System.Text.Json;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary>What came of <c>optimize</c>, for people and as JSON; docs/cli.md names every field.</summary>
internal sealed class OptimizeOutput(
    OptimizeVerb.Order order, PriceSeries series, GridChoice choice, IReadOnlyList<SweepResult> swept, TimeSpan took, IReadOnlyList<OptimizeVerb.Ranked> ranked, OverfittingCheck check, WalkForwardResult? walk)
{
    /// <summary>Null where the grid has not two parameters, or too many combinations.</summary>
    public HeatMap? Map { get; } = HeatMap.Of(choice, swept);

    private double PerSecond => (double)swept.Count * series.Count / took.TotalSeconds;

    public string Json() => JsonSerializer.Serialize(
        new
        {
            order.Strategy,
            Rule = StrategyVerb.FillRule,
            order.Settings.Cash,
            Size = order.Settings.Units is { } units ? (object)units : "all",
            order.Settings.Fee,
            Combos = swept.Count,
            choice.Skipped,
            Random = order.Random is { } count ? new { Count = count, order.Seed } : null,
            Bars = series.Count,
            Seconds = took.TotalSeconds,
            BarEvaluationsPerSecond = PerSecond,
            order.Workers,
            RankedBy = "final_equity",
            Top = ranked.Select(one => new
            {
                one.Params, one.Result.FinalEquity, Trades = one.Result.Trades.Count, one.Result.Metrics.Sharpe, one.Result.Metrics.MaxDrawdown, Metrics = StrategyJson.Metrics(one.Result.Metrics),
                OutOfSample = one.Later is { } later ? new { later.Bars, later.FinalEquity, Trades = later.Trades.Count, later.Metrics.Sharpe, later.Metrics.MaxDrawdown } : null,
            }),
            Overfitting = new { check.Trials, DeflatedSharpeRatio = check.DeflatedSharpe, SharpeExpectedByLuck = check.ExpectedByLuck, Warning = check.InWords },
            WalkForward = walk is null ? null : new
            {
                Windows = walk.Windows.Select(window => new
                {
                    From = series.Times[window.From], To = series.Times[window.To - 1], Bars = window.To - window.From, window.Params, InSampleFinalEquity = window.Learnt.FinalEquity,
                    window.Result.FinalEquity, window.Result.Metrics.Return, Trades = window.Result.Trades.Count, window.Result.Metrics.Sharpe, window.Result.Metrics.MaxDrawdown,
                }),
                walk.Joined.Bars,
                walk.Joined.FinalEquity,
                Trades = walk.Joined.Trades.Count,
                Metrics = StrategyJson.Metrics(walk.Joined.Metrics),
            },
            HeatMap = Map?.Json(),
        },
        StrategyJson.Options);

    public async Task WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync(Text(
            $"{order.Strategy}: {swept.Count} combinations over {series.Count} bars from {new Instant(series.Times[0])} to {new Instant(series.Times[^1])} in {took.TotalSeconds:0.000} s ({PerSecond / 1e6:0} million bars a second)"));
        foreach (var one in ranked)
        {
            var after = one.Later is { } later ? Text($"; on the {order.OutOfSample} % kept apart {StrategyVerb.Change(later.Metrics.Return)}") : "";
            await output.WriteLineAsync(Text($"  {StrategyVerb.InWords(one.Params)}: {Came(one.Result)}{after}"));
        }

        foreach (var line in Map?.Lines() ?? [])
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(check.InWords);
        if (walk is not null)
            await WriteWalkAsync(walk, output);
        await output.WriteLineAsync($"Rule: {StrategyVerb.FillRule}.");
    }

    private async Task WriteWalkAsync(WalkForwardResult walked, TextWriter output)
    {
        await output.WriteLineAsync("Walking forward, each window with what was the best on all bars before it:");
        foreach (var window in walked.Windows)
            await output.WriteLineAsync(Text(
                $"  from {new Instant(series.Times[window.From])} with {StrategyVerb.InWords(window.Params)} ({StrategyVerb.Change(window.Learnt.FinalEquity / (double)order.Settings.Cash - 1)} before): {Came(window.Result)}"));
        await output.WriteLineAsync(Text($"  joined, {walked.Joined.Bars} bars: {Came(walked.Joined)}"));
    }

    private static string Came(StrategyResult result) => Text(
        $"{result.FinalEquity:0.00} ({StrategyVerb.Change(result.Metrics.Return)}), {result.Trades.Count} trades, Sharpe {(result.Metrics.Sharpe is { } sharpe ? sharpe.ToString("0.00", CultureInfo.InvariantCulture) : "–")}, drawdown {result.Metrics.MaxDrawdown:P1}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
