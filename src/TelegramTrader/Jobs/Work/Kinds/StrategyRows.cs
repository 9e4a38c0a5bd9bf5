using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Chat;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>The results of strategies in a few rows for a telephone.</summary>
internal static class StrategyRows
{
    private const int Shown = 5;

    public static IReadOnlyList<TextRow> Of(OptimisationResult result, StrategyLine line)
    {
        var (order, series, cash) = (result.Order, result.Series, result.Order.Settings.Cash);
        var text = new AnswerBuilder();
        text.Line(Text($"{result.Swept.Count:#,##0} combinations over {Span(line, series)}{(order.OutOfSample > 0 ? Text($" (the first {100 - order.OutOfSample} %)") : "")}, in {result.Took.TotalSeconds:0.0} s"));
        if (order.Choice.Skipped > 0)
            text.Line(Text($"{order.Choice.Skipped} more were left out: {order.Choice.Trouble}"));
        var idle = result.Swept.Count(one => one.Trades == 0);
        text.Blank().Heading("The best by final equity");
        if (idle > 0)
            text.Line(Text($"{idle:#,##0} never sold anything and are left out here."));
        foreach (var (place, one) in result.Ranked.Where(one => one.Result.Trades.Count > 0).Take(Shown).Index())
        {
            text.Plain($"{place + 1}. ").Bold(StrategyText.InWords(one.Params)).EndRow().Line($"   {Came(one.Result)}");
            if (one.Later is { } later)
                text.Line(Text($"   on the last {order.OutOfSample} %, kept apart: {Change(later.Metrics.Return)}, {Trades(later.Trades.Count)}"));
        }

        text.Blank().Italic(result.Check.InWords).EndRow();
        if (result.Walk is { } walk)
            text.Line(Text($"Walking forward, each of {walk.Windows.Count} windows with what was the best before it: {Change((double)(walk.Joined.FinalEquity / cash) - 1)}, {Trades(walk.Joined.Trades.Count)}, Sharpe {StrategyText.Ratio(walk.Joined.Metrics.Sharpe)}, drawdown {StrategyText.Percent(walk.Joined.Metrics.MaxDrawdown)}"));
        return text.Line(Held(line, series)).Italic($"Rule: {StrategyText.FillRule}.").EndRow().Build().Rows;
    }

    public static IReadOnlyList<TextRow> Of(StrategyResult result, PriceSeries series, StrategyLine line, IReadOnlyDictionary<string, decimal> values)
    {
        var metrics = result.Metrics;
        var text = new AnswerBuilder();
        text.Plain(Text($"{Span(line, series)} with ")).Bold(StrategyText.InWords(values)).EndRow();
        text.Bold(Text($"{line.Settings.Cash:#,##0.00} → {result.FinalEquity:#,##0.00} ({Change(metrics.Return)})")).EndRow();
        text.Line(Held(line, series));
        text.Line(Text($"{Trades(result.Trades.Count)}, {StrategyText.Percent(metrics.WinRate)} won, mean {StrategyText.Ratio(metrics.AveragePnl)} a trade, profit factor {StrategyText.Ratio(metrics.ProfitFactor)}"));
        text.Line(Text($"Deepest drawdown {StrategyText.Percent(metrics.MaxDrawdown)}, fees {metrics.FeesPaid:#,##0.00}, in the market {StrategyText.Percent(metrics.Exposure)} of the time"));
        text.Line($"Sharpe {StrategyText.Ratio(metrics.Sharpe)}, Sortino {StrategyText.Ratio(metrics.Sortino)}, Calmar {StrategyText.Ratio(metrics.Calmar)}");
        if (result.Open is { } open)
            text.Line(Text($"Still open: {open.Units:0.########} bought at {open.EntryPrice:#,##0.########}, {open.Pnl:+0.00;−0.00;0.00} so far"));
        if (result.LeftOut > 0)
            text.Line(Text($"{result.LeftOut} entries were left out: there was not enough cash."));
        return text.Italic($"Rule: {StrategyText.FillRule}.").EndRow().Build().Rows;
    }

    private static string Span(StrategyLine line, PriceSeries series) =>
        Text($"{series.Count:#,##0} candles of {line.Series.Symbol} {line.Series.Timeframe} ({line.Series.Source}), {Day(series.Times[0])} to {Day(series.Times[^1])}");

    /// <summary>What anybody would have had who bought at the first open and did nothing.</summary>
    private static string Held(StrategyLine line, PriceSeries series) => $"Buying and holding {line.Series.Symbol.Base}: {Change((double)(series.Closes[^1] / series.Opens[0]) - 1)} before fees";

    private static string Came(StrategyResult result) => Text(
        $"{result.FinalEquity:#,##0.00} ({Change(result.Metrics.Return)}), {Trades(result.Trades.Count)}, Sharpe {StrategyText.Ratio(result.Metrics.Sharpe)}, drawdown {StrategyText.Percent(result.Metrics.MaxDrawdown)}");

    private static string Change(double share) => StrategyText.Change(share).Replace('-', '−');

    private static string Trades(int count) => Text($"{count:#,##0} trade{(count == 1 ? "" : "s")}");

    private static string Day(long time) => new Instant(time).ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
