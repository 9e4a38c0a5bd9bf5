using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat;

/// <summary>The head of every answer: mode, trading state and who set it, the day's loss against its limit, open risk, age of the last signal.</summary>
public static class StateLine
{
    public static IReadOnlyList<TextRow> Rows(TradingDesk desk, DeskSnapshot snapshot, Instant? lastSignalAt, Formats formats)
    {
        var builder = new AnswerBuilder().Bold(desk.Label).Plain(" · ");
        var trading = snapshot.Trading;
        builder.Plain(trading.Mode switch
        {
            TradingMode.Active => "active",
            TradingMode.ReducingOnly => "⏸ no new entries",
            _ => "⛔ halted",
        });
        builder.Plain(" · day ").Plain(Day(snapshot, desk.Settings.Risk, formats));
        if (snapshot is { OpenRisk: { } risk, Equity: { Amount: > 0m } equity })
            builder.Plain($" · at risk {formats.Percent(risk / equity)} in {snapshot.Trades.Count}");
        builder.Plain(lastSignalAt is { } at ? $" · last signal {formats.Age(snapshot.Now - at)} ago" : " · no signal yet").EndRow();
        if (trading.Mode != TradingMode.Active)
            builder.Plain($"set by {trading.By} {formats.ShortTime(trading.Since)}: {trading.Reason}{(trading.Until is { } until ? $", until {formats.ShortTime(until)}" : "")}").EndRow();
        foreach (var (feed, since) in snapshot.LostFeeds)
            builder.Plain($"⚠ {feed} lost since {formats.ShortTime(since)}").EndRow();
        if (snapshot.Outage is { } outage)
            builder.Plain($"⚠ the account can't be read since {formats.ShortTime(outage.Since)}").EndRow();
        foreach (var position in snapshot.Foreign)
            builder.Plain($"⚠ {ForeignText.Name(position.Side, position.Quantity, position.Symbol, formats)} is not ours: /reconcile").EndRow();
        foreach (var order in snapshot.ThreateningOrders)
            builder.Plain($"⚠ {ForeignText.Name(order.Order, formats)} is not ours and may close our position: /reconcile").EndRow();
        return builder.Build().Rows;
    }

    private static string Day(DeskSnapshot snapshot, RiskSettings risk, Formats formats)
    {
        if (snapshot.Day is not { } day || snapshot.Equity is not { } equity)
            return "unknown";
        var loss = day.LossAt(equity);
        return $"{formats.ChangePercent(-loss)} of −{formats.Percent(risk.DailyLoss)}{(day.LimitReached ? " LIMIT REACHED" : "")}";
    }
}
