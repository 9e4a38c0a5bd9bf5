using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Trading;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader.Chat.Commands;

public sealed class StatusCommand(TradingDesk desk, Formats formats, TwinDesk? twin = null) : ChatCommand(desk, formats)
{
    public override string Name => "status";

    public override string Help => "how things stand, in one look";

    public override CommandGroup Group => CommandGroup.See;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var snapshot = await Desk.SnapshotAsync();
        var text = new AnswerBuilder();
        if (snapshot is { Equity: { } equity, Wallet: { } wallet })
            text.Plain("Equity ").Bold(Formats.Money(equity)).Plain($" · wallet {Formats.Money(wallet)} · open {Formats.Change(equity - wallet)}").EndRow();
        else
            text.Line("The account has not been read yet.");
        var open = snapshot.Trades.Where(view => view.Trade.Stage == TradeStage.Open).ToArray();
        var waiting = snapshot.Trades.Count - open.Length;
        text.Line($"Positions {open.Length} of {Desk.Settings.Risk.PositionsAtOnce}, waiting entries {waiting}");
        foreach (var view in open)
            text.Line($"#{view.Trade.Number} {Formats.Side(view.Trade.Side)} {view.Trade.Instrument.Symbol.Pair} {(view.NetNow is { } net ? Formats.Change(net) : "price unknown")}{(view.RNow is { } multiple ? $" ({Formats.R(multiple)})" : "")}");
        text.Line(Protection(open));
        if (!snapshot.StopsRest)
            text.Line("⚠ " + WatchedStopsText.Danger);
        text.Line(snapshot.LastQuoteAt is { } at ? $"Market time {Formats.Time(snapshot.Now)}, last price {Formats.Age(Later(snapshot.Now, at))} ago, {snapshot.InstrumentCount} symbols" : "No market data: signals are recorded and not traded.");
        foreach (var sum in twin?.Sums() ?? [])
            text.Line(TwinText.Line(sum, Formats));
        if (twin?.Stopped is { } reason)
            text.Line($"The PAPER twin has stopped: {reason}. New trades are not compared with paper.");
        return text
            .Buttons(new ChatButton("Refresh", new ButtonData.Refresh("/status").ToString()), new ChatButton("Positions", new ButtonData.Run("/positions").ToString()))
            .Build();
    }

    private static string Protection(TradeView[] open)
    {
        if (open.Length == 0)
            return "Nothing is at risk.";
        var held = open.Count(view => view.StopHolder == StopHolder.Exchange);
        var watched = open.Count(view => view.StopHolder == StopHolder.Engine);
        var missing = open.Where(view => view.StopHolder == StopHolder.Missing).Select(view => view.Trade.Number).ToArray();
        var unwatched = open.Where(view => view.StopHolder == StopHolder.Nobody).Select(view => view.Trade.Number).ToArray();
        return $"Stops: {held} held by the exchange, {watched} watched by the bot{(missing.Length == 0 ? "" : $", ⚠ being placed for {Numbers(missing)}")}{(unwatched.Length == 0 ? "" : $", 🚨 watched by nobody for {Numbers(unwatched)}: no prices come")}";
    }

    private static TimeSpan Later(Instant now, Instant then) => now > then ? now - then : TimeSpan.Zero;
}
