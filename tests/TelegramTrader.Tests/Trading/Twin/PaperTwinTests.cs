using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader.Tests.Trading.Twin;

/// <summary>A live desk and its twin over exchanges that behave differently.</summary>
public sealed class PaperTwinTests
{
    [Fact]
    public void Trade_OnTheSameExchange_DiffersByNothing()
    {
        using var stage = Opened(new TwinStage());
        Assert.Equal(stage.LiveTrade.OpenQuantity, stage.TwinTrade.OpenQuantity);
        Assert.Equal(stage.LiveTrade.Signal.Id, stage.TwinTrade.Signal.Id);
        Assert.Equal(PaperTwin.Account, stage.TwinTrade.Account);

        stage.Price(110m, 110.2m);
        stage.Price(110m, 110.2m);

        Assert.Equal(TradeStage.Closed, stage.LiveTrade.Stage);
        Assert.Equal(stage.LiveTrade.Net, stage.TwinTrade.Net);
        Assert.Equal(new ExecutionSum("USDT", ExecutionDifference.None, 1, 0), stage.Sum);
    }

    [Fact]
    public void Trade_WithDearerFeesLive_DiffersByTheFees()
    {
        using var stage = Closed(new TwinStage(PaperDesk.Frictionless with { TakerFee = 0.001m, MakerFee = 0.001m }, PaperDesk.Frictionless with { TakerFee = 0.0004m, MakerFee = 0.0004m }));

        var difference = stage.Sum.Difference;
        Assert.True(difference.Fees < 0m);
        Assert.Equal(difference.Total, difference.Fees);
        Assert.Equal(stage.LiveTrade.Net - stage.TwinTrade.Net, new Money(difference.Total, "USDT"));
    }

    [Fact]
    public void Trade_WithSlippageLive_DiffersByTheSlippage()
    {
        using var stage = Closed(new TwinStage(PaperDesk.Frictionless with { BaseSlippage = 0.002m }));

        var difference = stage.Sum.Difference;
        Assert.True(difference.Slippage < 0m);
        Assert.Equal(0m, difference.Delay);
        Assert.Equal(difference.Total, difference.Slippage);
    }

    [Fact]
    public void Trade_ThatReachesTheExchangeLater_DiffersByTheDelay()
    {
        using var stage = new TwinStage(PaperDesk.Frictionless with { Latency = TimeSpan.FromSeconds(2) });
        stage.Price(100m, 100.2m);
        stage.Long();
        // Paper buys at once; the real exchange gets the order two seconds later, with the market half higher.
        stage.Price(100m, 100.2m);
        stage.Price(100.5m, 100.7m);
        stage.Price(100.5m, 100.7m);
        Rise(stage);

        var difference = stage.Sum.Difference;
        Assert.Equal(-0.5m * stage.LiveTrade.Closed[0].Quantity.Value, difference.Delay);
        Assert.Equal(0m, difference.Slippage);
        Assert.Equal(difference.Total, difference.Delay);
    }

    [Fact]
    public void Funding_OfBoth_IsComparedAndWhatOnlyLivePaidIsAGap()
    {
        using (var stage = Opened(new TwinStage()))
        {
            stage.Funding(0.001m, onPaper: 0.0005m);
            Rise(stage);
            Assert.True(stage.Sum.Difference.Funding < 0m);
            Assert.Equal(stage.Sum.Difference.Total, stage.Sum.Difference.Funding);
        }

        using (var stage = Opened(new TwinStage()))
        {
            stage.Funding(0.001m, onPaper: null);
            Rise(stage);
            Assert.Equal((0, 1), (stage.Sum.Trades, stage.Sum.WithoutTwin));
            Assert.Equal("the funding of the twin is not known", stage.GapOf(stage.LiveTrade.Number));
        }
    }

    [Fact]
    public void Entry_ThatOnlyPaperFills_IsAMissedFillAndTheTwinEndsSoonAfter()
    {
        using var stage = FilledOnPaperOnly();

        stage.Wait(PaperTwin.GoesOnFor);
        stage.Price(99.8m, 100m);
        stage.Price(99.8m, 100m);

        Assert.Equal(TradeStage.Closed, stage.TwinTrade.Stage);
        // 99.8 − 99 a unit were made on paper only.
        Assert.Equal(-0.8m * stage.TwinTrade.Closed[0].Quantity.Value, stage.Sum.Difference.MissedFills);
        Assert.Equal(stage.Sum.Difference.Total, stage.Sum.Difference.MissedFills);
    }

    [Fact]
    public void Signal_DeniedLive_IsNotInTheTwin()
    {
        using var stage = new TwinStage();
        stage.Price(100m, 100.2m);
        stage.Long(stop: 101m);

        Assert.Empty(stage.Engine.State.Trades);
        Assert.Empty(stage.Book.UnderWay);
        Assert.Empty(stage.Book.Sums(null, null));
    }

    [Fact]
    public void Orders_OfPeopleAndChannels_AreFollowed()
    {
        using var stage = Opened(new TwinStage());
        stage.Price(103m, 103.2m);
        var number = stage.LiveTrade.Number;

        stage.Command(id => new OperatorCommand.MoveStop(number, new Price(98m)) { Id = id, By = "Ann" });
        Assert.Equal(98m, stage.TwinTrade.Exits.Stop.Price.Value);
        stage.Post(ScriptedParser.Update(UpdateAction.MoveStopToEntry), replyTo: 1000);
        Assert.Equal(stage.TwinTrade.Position!.AverageEntry, stage.TwinTrade.Exits.Stop.Price);
        stage.Post(ScriptedParser.Update(UpdateAction.ClosePartial, fraction: 0.5m), replyTo: 1000);
        stage.Price(103m, 103.2m);
        stage.Price(103m, 103.2m);
        Assert.Equal(stage.LiveTrade.OpenQuantity, stage.TwinTrade.OpenQuantity);
        Assert.True(stage.TwinTrade.OpenQuantity < stage.LiveTrade.Legs[0].Quantity);
        stage.Command(id => new OperatorCommand.CloseTrade(number, 1m) { Id = id, By = "Ann" });
        stage.Price(103m, 103.2m);
        stage.Price(103m, 103.2m);

        Assert.Equal(TradeStage.Closed, stage.TwinTrade.Stage);
        Assert.Equal(new ExecutionSum("USDT", ExecutionDifference.None, 1, 0), stage.Sum);
    }

    [Fact]
    public void EmergencyStop_ThatFlattens_ClosesTheTwinToo()
    {
        using var stage = Opened(new TwinStage());
        stage.Command(id => new OperatorCommand.EmergencyStop(Flatten: true) { Id = id, By = "Ann" });
        stage.Price(100m, 100.2m);
        stage.Price(100m, 100.2m);

        Assert.Equal(TradeStage.Closed, stage.TwinTrade.Stage);
        Assert.Equal(new ExecutionSum("USDT", ExecutionDifference.None, 1, 0), stage.Sum);
    }

    [Fact]
    public void Edit_WithOtherLevels_IsFollowed()
    {
        using var stage = Opened(new TwinStage());
        stage.Post(ScriptedParser.Signal(
            TradeSide.Long, new EntryPlan.AtMarket(null), new StopPlan.AtPrice(new Price(96m)), new TargetPlan.AtPrice(new Price(105m), null), new TargetPlan.AtPrice(new Price(108m), null)), editOf: 1000);

        Assert.Equal([105m, 108m], stage.LiveTrade.Exits.Targets.Select(target => target.Price.Value));
        Assert.Equal(stage.LiveTrade.Exits.Targets, stage.TwinTrade.Exits.Targets);
        Assert.Equal(96m, stage.TwinTrade.Exits.Stop.Price.Value);
    }

    [Fact]
    public void RandomTrades_OverExchangesThatDiffer_AreAllSettledAndTheSumIsThatOfTheBooks()
    {
        var compared = 0;
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var numbers = new SeededNumbers(seed);
            using var stage = new TwinStage(
                PaperDesk.Frictionless with { Latency = TimeSpan.FromSeconds(numbers.Next(0, 4)), BaseSlippage = numbers.Next(0, 30) / 10_000m, TakerFee = 0.0006m, MakerFee = 0.0003m },
                PaperDesk.Frictionless with { BaseSlippage = 0.0001m, TakerFee = 0.0005m, MakerFee = 0.0002m });
            var bid = 1000m;
            stage.Price(bid, bid + 0.2m);
            for (var second = 0; second < 250; second++)
            {
                if (numbers.Chance(10))
                    stage.Post(ScriptedParser.Signal(
                        TradeSide.Long, numbers.Chance(50) ? new EntryPlan.AtMarket(null) : new EntryPlan.AtLimit(new Price(bid - 1m)), new StopPlan.AtPrice(new Price(bid - 8m)),
                        new TargetPlan.AtPrice(new Price(bid + 4m), null), new TargetPlan.AtPrice(new Price(bid + 7m), null)));
                if (numbers.Chance(4) && stage.Live.State.ActiveTrades.FirstOrDefault() is { } trade)
                    stage.Command(id => numbers.Chance(50)
                        ? new OperatorCommand.CloseTrade(trade.Number, numbers.Chance(50) ? 1m : 0.5m) { Id = id, By = "Ann" }
                        : new OperatorCommand.MoveStopToEntry(trade.Number) { Id = id, By = "Ann" });
                bid += numbers.Next(-60, 61) / 10m;
                stage.Price(bid, bid + 0.2m);
            }

            stage.Command(id => new OperatorCommand.CloseAll { Id = id, By = "Ann" });
            for (var second = 0; second < 10; second++)
                stage.Price(bid, bid + 0.2m);
            stage.Wait(PaperTwin.GoesOnFor);
            for (var second = 0; second < 10; second++)
                stage.Price(bid, bid + 0.2m);

            Assert.Empty(stage.Book.UnderWay);
            if (stage.Book.Sums(null, null) is not [var sum])
                continue;
            Assert.Equal(0, sum.WithoutTwin);
            compared += sum.Trades;
            // Trade by trade, the books of the two desks are what was compared.
            var parts = sum.Difference;
            Assert.Equal(Net(stage.Live) - Net(stage.Engine), Math.Round(parts.Total, 9));
            Assert.Equal(parts.Total, parts.Delay + parts.Slippage + parts.Fees + parts.Funding + parts.MissedFills + parts.OtherExits);
        }

        Assert.True(compared > 30, $"{compared} compared");

        static decimal Net(TradingEngine engine) => Math.Round(engine.State.Trades.Values.Sum(trade => trade.Net.Amount), 9);
    }

    [Fact]
    public void Restart_InOrderAndShort_GoesOn()
    {
        using var stage = Opened(new TwinStage());
        stage.Restart(inOrder: true, TimeSpan.FromSeconds(20));
        Rise(stage);

        Assert.Equal(new ExecutionSum("USDT", ExecutionDifference.None, 1, 0), stage.Sum);
        stage.Restart(inOrder: true, TimeSpan.FromHours(20));
        Assert.Equal(new ExecutionSum("USDT", ExecutionDifference.None, 1, 0), stage.Sum);
    }

    [Theory]
    [InlineData(true, 61, "was not running")]
    [InlineData(false, 5, "did not end in order")]
    public void Restart_LongOrAfterAKill_LeavesTheTradeOutAndCountsIt(bool inOrder, int seconds, string reason)
    {
        using var stage = Opened(new TwinStage());
        stage.Restart(inOrder, TimeSpan.FromSeconds(seconds));
        Rise(stage);

        Assert.Equal(new ExecutionSum("USDT", ExecutionDifference.None, 0, 1), stage.Sum);
        Assert.Contains(reason, stage.GapOf(stage.LiveTrade.Number), StringComparison.Ordinal);
        // What comes next has its twin again.
        stage.Long(stop: 105m, target: 130m);
        stage.Price(110m, 110.2m);
        stage.Price(110m, 110.2m);
        Rise(stage, 130m);
        Assert.Equal((1, 1), (stage.Sum.Trades, stage.Sum.WithoutTwin));
    }

    [Fact]
    public void Restart_WhileOnlyTheTwinGoesOn_LeavesTheTradeOutAndClosesTheTwin()
    {
        using var stage = FilledOnPaperOnly();
        stage.Restart(inOrder: true, TimeSpan.FromSeconds(5));
        stage.Price(99.8m, 100m);
        stage.Price(99.8m, 100m);

        Assert.Equal((0, 1), (stage.Sum.Trades, stage.Sum.WithoutTwin));
        Assert.Empty(stage.Engine.State.ActiveTrades);
    }

    [Fact]
    public void Prices_LostForLong_LeaveTheTradeOut()
    {
        using var stage = Opened(new TwinStage());
        stage.Queue.Offer(new TwinInput.PricesLost(stage.Now));
        stage.Queue.Offer(new TwinInput.PricesBack(stage.Now + TimeSpan.FromSeconds(10)));
        stage.Hear();
        Assert.Null(stage.GapOf(stage.LiveTrade.Number));

        stage.Queue.Offer(new TwinInput.PricesLost(stage.Now));
        stage.Wait(TimeSpan.FromSeconds(61));
        stage.Hear();
        Assert.Contains("prices were lost", stage.GapOf(stage.LiveTrade.Number), StringComparison.Ordinal);
    }

    [Fact]
    public void Queue_Full_NeverHoldsUpTheLiveDeskAndWhatIsUnderWayIsNotCompared()
    {
        using var stage = Opened(new TwinStage(queue: 40));
        for (var second = 0; second < 100; second++)
            stage.PriceUnheard(101m, 101.2m);
        Assert.Equal(101m, stage.Live.State.Market(Some.Btc).Quote!.Value.Bid.Value);

        stage.Hear();
        Rise(stage);
        Assert.Equal((0, 1), (stage.Sum.Trades, stage.Sum.WithoutTwin));
        Assert.Contains("could not keep up", stage.GapOf(stage.LiveTrade.Number), StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_OfADay_CountTheTradesThatEndedThen()
    {
        using var stage = Closed(new TwinStage(PaperDesk.Frictionless with { TakerFee = 0.001m }));
        var ended = stage.LiveTrade.EndedAt!.Value;

        Assert.Empty(stage.Book.Sums(null, ended));
        Assert.Empty(stage.Book.Sums(ended + TimeSpan.FromSeconds(1), null));
        Assert.Equal(1, Assert.Single(stage.Book.Sums(ended, ended + TimeSpan.FromDays(1))).Trades);
    }

    [Fact]
    public void TradeFollowed_InADeskThatDecidesForItself_Throws()
    {
        using var stage = Opened(new TwinStage());
        var theirs = stage.LiveTrade;

        Assert.Throws<InvalidOperationException>(() => stage.Live.Handle(new EngineEvent.TradeFollowed(theirs) { At = stage.Now }));
    }

    [Fact]
    public void Engine_ThatFollows_IsNotMadeOverARealExchange() => Assert.Contains("simulated exchange only", Assert.Throws<InvalidOperationException>(() =>
        new TradingEngine(new EngineState(), new EngineSettings { FollowsAnotherDesk = true }, new ScriptedParser(), new ExchangeCapabilities(HoldsStops: true))).Message, StringComparison.Ordinal);

    private static TwinStage Opened(TwinStage stage)
    {
        stage.Price(100m, 100.2m);
        stage.Long();
        for (var second = 0; second < 3; second++)
            stage.Price(100m, 100.2m);
        Assert.False(stage.LiveTrade.OpenQuantity.IsZero);
        Assert.False(stage.TwinTrade.OpenQuantity.IsZero);
        return stage;
    }

    /// <summary>The order takes so long to the real exchange that it is withdrawn before it arrives.</summary>
    private static TwinStage FilledOnPaperOnly()
    {
        var stage = new TwinStage(PaperDesk.Frictionless with { Latency = TimeSpan.FromSeconds(4) });
        stage.Price(100m, 100.2m);
        stage.Post(ScriptedParser.Signal(TradeSide.Long, new EntryPlan.AtLimit(new Price(99m)), new StopPlan.AtPrice(new Price(95m)), new TargetPlan.AtPrice(new Price(110m), null)));
        stage.Price(98.8m, 99m);
        stage.Price(99.8m, 100m);
        Assert.False(stage.TwinTrade.OpenQuantity.IsZero);
        stage.Command(id => new OperatorCommand.CancelEntries(stage.LiveTrade.Number) { Id = id, By = "Ann" });
        for (var second = 0; second < 10; second++)
            stage.Price(99.8m, 100m);
        Assert.Equal(TradeStage.Unfilled, stage.LiveTrade.Stage);
        Assert.False(stage.TwinTrade.IsFinished);
        return stage;
    }

    private static TwinStage Closed(TwinStage stage)
    {
        Rise(Opened(stage));
        Assert.Equal(1, stage.Sum.Trades);
        return stage;
    }

    /// <summary>To the target, and long enough there for both.</summary>
    private static void Rise(TwinStage stage, decimal to = 110m)
    {
        for (var second = 0; second < 6; second++)
            stage.Price(to, to + 0.2m);
        Assert.Equal(TradeStage.Closed, stage.LiveTrade.Stage);
    }
}
