using TelegramTrader.Chat;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.Chat;

/// <summary>A trade whose stop and target are one order at the exchange, from its entry to its end, as people see it.</summary>
public sealed class PairTextTests
{
    private static readonly Formats Formats = new(TimeZoneInfo.Utc);

    [Fact]
    public void Position_WithAPair_SaysThatTheExchangeHoldsTheStop()
    {
        var desk = Opened();
        Assert.Contains("Stop 95 · held by the exchange, together with target 1", Rows(desk), StringComparison.Ordinal);
        Assert.Contains("target 1: limit 110 or stop-market 95 × ", Rows(desk), StringComparison.Ordinal);
        Assert.Equal(StopHolder.Exchange, View(desk).StopHolder);
    }

    [Fact]
    public void Position_StopAndTargetInOneCandle_EndsAtTheStopAndCountsTheConflict()
    {
        var desk = Opened();
        desk.Minute(100m, 111m, 94m, 100m);
        Assert.Equal((new TradeEnd.PositionClosed(ExitReason.Stop), 1), (desk.Trade(1).End, desk.Trade(1).SameCandleConflicts));
        Assert.Contains("→ 95 in", Rows(desk), StringComparison.Ordinal);
    }

    [Fact]
    public void Position_PairExecutedInPartAtItsLimit_SaysThatTheBotWatches()
    {
        var desk = Opened();
        // Of the coins of the candle a part is there for us.
        desk.Minute(109m, 110m, 109m, 109.5m, volume: 4m);
        Assert.Equal((1, null), (desk.Trade(1).TargetAtExchange, desk.Trade(1).PairedTarget));
        Assert.Contains("watched by the bot while target 1 has its place at the exchange", Rows(desk), StringComparison.Ordinal);
    }

    private static PaperDesk Opened()
    {
        var desk = new PaperDesk(instruments: [Some.Instrument("BTC/USDT") with { HoldsPairs = true }]);
        desk.Minute(100m, 100m, 100m, 100m);
        desk.Post(ScriptedParser.Signal(TradeSide.Long, new EntryPlan.AtMarket(null), new StopPlan.AtPrice(new Price(95m)), new TargetPlan.AtPrice(new Price(110m), null)));
        desk.Minute(100m, 100m, 100m, 100m);
        desk.Minute(100m, 100m, 100m, 100m);
        return desk;
    }

    private static TradeView View(PaperDesk desk) => TradeView.Of(desk.State, desk.Trade(1));

    private static string Rows(PaperDesk desk)
    {
        var text = new AnswerBuilder();
        PositionText.Write(text, View(desk), "PAPER", desk.Now, Formats);
        OrderText.Write(text, View(desk).Orders, Formats);
        return string.Join('\n', text.Build().Rows.Select(row => row.PlainText));
    }
}
