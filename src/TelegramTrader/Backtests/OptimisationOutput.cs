using System.Globalization;
using System.Text.Json;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Backtests;

/// <summary>What came of <c>optimize</c>, for people and as JSON; docs/cli.md names every field.</summary>
internal sealed class OptimisationOutput(OptimisationResult result)
{
    private readonly OptimisationOrder _order = result.Order;
    private readonly PriceSeries _series = result.Series;
    private readonly OverfittingCheck _check = result.Check;

    /// <summary>Null where the grid has not two parameters, or too many combinations.</summary>
    public HeatMap? Map { get; } = HeatMap.Of(result.Order.Choice, result.Swept);

    private double PerSecond => (double)result.Swept.Count * _series.Count / result.Took.TotalSeconds;

    public string Json() => JsonSerializer.Serialize(
        new
        {
            Strategy = _order.Kind.Name,
            Rule = StrategyText.FillRule,
            _order.Settings.Cash,
            Size = _order.Settings.Units is { } units ? (object)units : "all",
            _order.Settings.Fee,
            Combos = result.Swept.Count,
            _order.Choice.Skipped,
            Random = _order.Random is { } count ? new { Count = count, _order.Seed } : null,
            Bars = _series.Count,
            Seconds = result.Took.TotalSeconds,
            BarEvaluationsPerSecond = PerSecond,
            _order.Workers,
            RankedBy = "final_equity",
            Top = result.Ranked.Select(one => new
            {
                one.Params, one.Result.FinalEquity, Trades = one.Result.Trades.Count, one.Result.Metrics.Sharpe, one.Result.Metrics.MaxDrawdown, Metrics = StrategyJson.Metrics(one.Result.Metrics),
                OutOfSample = one.Later is { } later ? new { later.Bars, later.FinalEquity, Trades = later.Trades.Count, later.Metrics.Sharpe, later.Metrics.MaxDrawdown } : null,
            }),
            Overfitting = new { _check.Trials, DeflatedSharpeRatio = _check.DeflatedSharpe, SharpeExpectedByLuck = _check.ExpectedByLuck, Warning = _check.InWords },
            WalkForward = result.Walk is not { } walk ? null : new
            {
                Windows = walk.Windows.Select(window => new
                {
                    From = _series.Times[window.From], To = _series.Times[window.To - 1], Bars = window.To - window.From, window.Params, InSampleFinalEquity = window.Learnt.FinalEquity,
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
            $"{_order.Kind.Name}: {result.Swept.Count} combinations over {_series.Count} bars from {new Instant(_series.Times[0])} to {new Instant(_series.Times[^1])} in {result.Took.TotalSeconds:0.000} s ({PerSecond / 1e6:0} million bars a second)"));
        foreach (var one in result.Ranked)
        {
            var after = one.Later is { } later ? Text($"; on the {_order.OutOfSample} % kept apart {StrategyText.Change(later.Metrics.Return)}") : "";
            await output.WriteLineAsync(Text($"  {StrategyText.InWords(one.Params)}: {Came(one.Result)}{after}"));
        }

        foreach (var line in Map?.Lines() ?? [])
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(_check.InWords);
        if (result.Walk is { } walk)
            await WriteWalkAsync(walk, output);
        await output.WriteLineAsync($"Rule: {StrategyText.FillRule}.");
    }

    private async Task WriteWalkAsync(WalkForwardResult walked, TextWriter output)
    {
        await output.WriteLineAsync("Walking forward, each window with what was the best on all bars before it:");
        foreach (var window in walked.Windows)
            await output.WriteLineAsync(Text(
                $"  from {new Instant(_series.Times[window.From])} with {StrategyText.InWords(window.Params)} ({StrategyText.Change(window.Learnt.FinalEquity / (double)_order.Settings.Cash - 1)} before): {Came(window.Result)}"));
        await output.WriteLineAsync(Text($"  joined, {walked.Joined.Bars} bars: {Came(walked.Joined)}"));
    }

    private static string Came(StrategyResult came) => Text(
        $"{came.FinalEquity:0.00} ({StrategyText.Change(came.Metrics.Return)}), {came.Trades.Count} trades, Sharpe {(came.Metrics.Sharpe is { } sharpe ? sharpe.ToString("0.00", CultureInfo.InvariantCulture) : "–")}, drawdown {came.Metrics.MaxDrawdown:P1}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
