using TelegramTrader.Chat;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Trading;

namespace TelegramTrader.Charts;

/// <summary>A trade on candles with its levels and executions.</summary>
public sealed class TradePicture(TradingDesk desk, TradeQueries queries, TradeCandles candles, ChartStyle style, Formats formats)
{
    /// <summary>So much of the market is shown before and after at least.</summary>
    private static readonly TimeSpan LeastAround = TimeSpan.FromMinutes(20);

    public ChatPicture Of(TradeView view) => new($"#{view.Trade.Number} on candles", cancellation => MakeAsync(view, cancellation));

    private async Task<ChatChart> MakeAsync(TradeView view, CancellationToken cancellation)
    {
        var trade = view.Trade;
        var now = desk.Now;
        var report = await queries.FindAsync(trade.Number, cancellation);
        Fill[] fills = report is null ? [] : [.. report.Fills.Select(booked => booked.Fill)];
        var begun = fills.Length > 0 ? fills.Min(fill => fill.HappenedAt) : trade.CreatedAt;
        var ended = trade.EndedAt;
        var around = TimeSpan.FromTicks(Math.Max(((ended ?? now) - begun).Ticks / 4, LeastAround.Ticks));
        var (from, to) = (begun - around, ended is { } end ? end + around / 2 : now);
        var (found, trouble) = await candles.FindAsync(trade.Instrument.Symbol, from, to < now ? to : now, cancellation);
        // A recording knows what comes; a picture of now must not.
        Candle[] known = [.. found.Where(candle => candle.CloseTime <= now)];
        if (known.Length == 0)
            return new ChatChart.Missing(trouble.Length > 0 ? trouble : $"There are no candles of {trade.Instrument.Symbol} for that time.");
        var chart = TradeChart.Of(
            new TradeInput
            {
                Heading = new ChartHeading(
                    $"#{trade.Number} {formats.Side(trade.Side)} {trade.Instrument.Symbol}", desk.Label, $"{ChartWords.Span(begun, ended ?? now, formats.Zone)} · {trade.Signal.Channel}", Facts(view, now)),
                Candles = known,
                Levels = [.. Levels(trade)],
                Marks = [.. fills.Select(fill => new TradeMark(fill.HappenedAt, fill.Price.Value, fill.Side == OrderSide.Buy ? TradeMarkKind.Bought : TradeMarkKind.Sold))],
                From = trade.CreatedAt,
                To = ended,
                Zone = formats.Zone,
            },
            style);
        return new ChatChart.Ready(chart with { Name = $"trade-{trade.Number}" });
    }

    private static IEnumerable<TradeLevel> Levels(Trade trade)
    {
        var entry = trade.Position?.AverageEntry ?? (trade.Closed.Count > 0 ? trade.Closed[^1].AverageEntry : trade.PlannedEntry);
        // An average has more digits than anybody reads.
        yield return new TradeLevel(TradeLevelKind.Entry, "Entry", trade.Instrument.RoundToTick(entry.Value).Value);
        var stop = trade.Exits.Stop.Price;
        yield return new TradeLevel(TradeLevelKind.Stop, "Stop", stop.Value);
        if (trade.Exits.InitialStop != stop)
            yield return new TradeLevel(TradeLevelKind.Stop, "First stop", trade.Exits.InitialStop.Value);
        foreach (var target in trade.Exits.Targets)
            yield return new TradeLevel(target.IsHit ? TradeLevelKind.TargetHit : TradeLevelKind.Target, $"Target {target.Number}", target.Price.Value);
    }

    private IReadOnlyList<ChartFact> Facts(TradeView view, Instant now)
    {
        var trade = view.Trade;
        switch (trade.Stage)
        {
            case TradeStage.Closed:
                return [Money("Result", trade.Net), .. R(trade.RMultiple), new ChartFact("Ended by", formats.Reason(((TradeEnd.PositionClosed)trade.End!).Reason))];
            case TradeStage.Open when view.NetNow is { } net:
                return [Money("Now, after fees", net), .. R(view.RNow), new ChartFact("Open for", formats.Age(now - trade.Position!.OpenedAt))];
            case TradeStage.Open:
                return [new ChartFact("Open for", formats.Age(now - trade.Position!.OpenedAt))];
            case TradeStage.Waiting:
                return [new ChartFact("Stage", "waiting for entry"), new ChartFact("Risk", formats.Money(trade.PlannedLoss))];
            default:
                return [new ChartFact("Stage", "never filled")];
        }

        ChartFact Money(string label, Money money) => new(label, formats.Change(money), Sign(money.Amount));

        IEnumerable<ChartFact> R(decimal? multiple) => multiple is { } value ? [new ChartFact("In units of risk", formats.R(value), Sign(value))] : [];
    }

    private static bool? Sign(decimal amount) => amount switch { > 0m => true, < 0m => false, _ => null };
}
