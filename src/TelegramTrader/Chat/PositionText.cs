using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat;

/// <summary>A trade in a few rows, the same in answers and on its card.</summary>
public static class PositionText
{
    public static void Write(AnswerBuilder text, TradeView view, string label, Instant now, Formats formats)
    {
        var trade = view.Trade;
        text.Bold($"{label} #{trade.Number} {formats.Side(trade.Side)} {trade.Instrument.Symbol}").Plain($" · {trade.Signal.Channel}").EndRow();
        switch (trade.Stage)
        {
            case TradeStage.Waiting:
                text.Line($"Waiting for entry {Entries(trade, formats)}, until {formats.ShortTime(trade.EntriesExpireAt)}");
                break;
            case TradeStage.Open:
                Open(text, view, now, formats);
                break;
            case TradeStage.Closed:
                Closed(text, trade, formats);
                return;
            case TradeStage.Unfilled:
                text.Line($"Never filled: {((TradeEnd.NeverFilled)trade.End!).Reason}");
                return;
        }

        text.Line($"Stop {formats.Price(trade.Exits.Stop.Price)}{StopNote(view)}{(trade.Exits.Trailing is { } trailing ? $" · trails by {formats.Percent(trailing.Distance)}" : "")}");
        if (trade.Exits.Targets.Count > 0)
            text.Line("Targets " + string.Join(" · ", trade.Exits.Targets.Select(target => $"{target.Number}) {formats.Price(target.Price)}{(target.IsHit ? " ✅" : $" ({formats.Percent(target.Share)})")}")) + (trade.Exits.RunnerShare > 0m ? $" · rest runs ({formats.Percent(trade.Exits.RunnerShare)})" : ""));
        if (trade.Exit is { } exit)
            text.Line(exit.Everything ? $"Closing: {formats.Reason(exit.Reason)}" : $"Closing {formats.Quantity(exit.Quantity)}: {formats.Reason(exit.Reason)}");
    }

    public static string Entries(Trade trade, Formats formats) =>
        string.Join(" / ", trade.Legs.Where(leg => !leg.Quantity.IsZero).Select(leg => leg.Kind switch
        {
            OrderKind.Market => $"market {formats.Quantity(leg.Quantity)}",
            OrderKind.StopMarket => $"breakout {formats.Price(leg.Price)} × {formats.Quantity(leg.Quantity)}",
            _ => $"{formats.Price(leg.Price)} × {formats.Quantity(leg.Quantity)}",
        }));

    private static void Open(AnswerBuilder text, TradeView view, Instant now, Formats formats)
    {
        var trade = view.Trade;
        var position = trade.Position!;
        text.Line($"{formats.Quantity(position.Quantity)} at {formats.Price(position.AverageEntry, trade.Instrument)} · {formats.Number(trade.Leverage)}x · {formats.Age(now - position.OpenedAt)}");
        if (view.NetNow is { } net && view.Quote is { } quote)
            text.Plain($"Now {formats.Price(quote.ExitPrice(trade.Side))} → ").Bold(formats.Change(net) + (view.RNow is { } multiple ? $" ({formats.R(multiple)})" : "")).EndRow();
        text.Line($"Fees {formats.Money(position.Fees)} · funding {formats.Change(position.Funding)}");
    }

    private static void Closed(AnswerBuilder text, Trade trade, Formats formats)
    {
        foreach (var part in trade.Closed)
            text.Line($"{formats.Quantity(part.Quantity)}: {formats.Price(part.AverageEntry, trade.Instrument)} → {formats.Price(part.AverageExit, trade.Instrument)} in {formats.Age(part.ClosedAt - part.OpenedAt)}");
        text.Bold(formats.Change(trade.Net) + (trade.RMultiple is { } multiple ? $" ({formats.R(multiple)})" : "")).Plain($" · {formats.Reason(((TradeEnd.PositionClosed)trade.End!).Reason)}").EndRow();
        var asset = trade.Instrument.QuoteAsset;
        text.Line($"Fees {formats.Money(trade.Closed.Aggregate(Money.Zero(asset), (sum, part) => sum + part.Fees))} · funding {formats.Change(trade.Closed.Aggregate(Money.Zero(asset), (sum, part) => sum + part.Funding))}");
    }

    private static string StopNote(TradeView view)
    {
        var reason = view.Trade.Exits.Stop.Reason switch
        {
            StopReason.Initial => "",
            StopReason.Breakeven => " (at entry)",
            StopReason.Trailing => " (trailing)",
            StopReason.ByChannel => " (moved by the channel)",
            _ => " (moved by you)",
        };
        return reason + view.StopHolder switch
        {
            StopHolder.NotNeeded => "",
            StopHolder.Exchange when view.Trade.PairedTarget is { } paired => $" · held by the exchange, together with target {paired}",
            StopHolder.Exchange => " · held by the exchange",
            StopHolder.Engine when view.Trade.TargetAtExchange is { } target => $" · watched by the bot while target {target} has its place at the exchange",
            StopHolder.Engine => " · watched by the bot",
            _ => " · ⚠ BEING PLACED",
        };
    }
}
