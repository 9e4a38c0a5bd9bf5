using TelegramTrader.Connectors.Storage.Results;
using TelegramTrader.Core.Engine;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Results;

public sealed class ResultSumTests
{
    // Worked by hand: nets 100, -40, 0, 60, -90, -20 and one unfilled.
    private static readonly EndedTrade[] Trades =
    [
        Ended(1, 110m, 10m, 0m, 2m, "Target", 60),
        Ended(2, -35m, 6m, 1m, -1m, "Stop", 20),
        Ended(3, 5m, 5m, 0m, 0m, "Breakeven", 40),
        Unfilled(4),
        Ended(5, 70m, 8m, -2m, 1.5m, "Target", 30),
        Ended(6, -80m, 10m, 0m, -1.2m, "Stop", 10),
        Ended(7, -20m, 0m, 0m, null, "ByUser", 30, conflicts: 2),
    ];

    [Fact]
    public void Add_SevenTrades_GivesTheFiguresWorkedByHand()
    {
        var tally = Sum(Trades).Tally;
        Assert.Equal((6, 2, 3, 1), (tally.Trades, tally.Wins, tally.Losses, tally.Unfilled));
        // 110-35+5+70-80-20; 10+6+5+8+10+0; 1-2; 50-39-1.
        Assert.Equal((50m, 39m, -1m, 10m), (tally.Gross, tally.Fees, tally.Funding, tally.Net));
        // 100+60; 40+90+20; 160 / 150.
        Assert.Equal((160m, 150m), (tally.Won, tally.Lost));
        Assert.Equal(160m / 150m, tally.ProfitFactor);
        // 2-1+0+1.5-1.2 over five trades; two of six.
        Assert.Equal((5, 1.3m, 0.26m), (tally.WithR, tally.SumR, tally.MeanR));
        Assert.Equal(2m / 6m, tally.WinRate);
        // (60+30)/2; (20+10+30)/3 minutes.
        Assert.Equal((TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(20)), (tally.MeanWinnerHeld, tally.MeanLoserHeld));
        Assert.Equal((new NumberedResult(1, 100m), new NumberedResult(6, -90m), 2), (tally.Best, tally.Worst, tally.SameCandleConflicts));
        // The curve: 0 100 60 60 120 30 10. Highest 120, lowest 0, deepest fall 120 → 10.
        Assert.Equal((120m, 0m, 110m), (tally.Peak, tally.Trough, tally.Drawdown));
        Assert.Equal(new ReasonTally(2, 2, 160m, 3.5m), tally.ByReason["Target"]);
        Assert.Equal(new ReasonTally(2, 0, -130m, -2.2m), tally.ByReason["Stop"]);
        Assert.Equal(new ReasonTally(1, 0, -20m, 0m), tally.ByReason["ByUser"]);
        Assert.Equal(4, tally.ByReason.Count);
    }

    [Fact]
    public void Add_LossesOnly_FallFromTheStart()
    {
        var tally = Sum([Ended(1, -10m, 0m, 0m, -1m, "Stop", 1), Ended(2, -5m, 0m, 0m, -1m, "Stop", 1)]).Tally;
        Assert.Equal((15m, 0m, -15m), (tally.Drawdown, tally.Peak, tally.Trough));
        Assert.Equal((0m, 0m), (tally.WinRate, tally.ProfitFactor));
    }

    [Fact]
    public void Add_Nothing_HasNoRatios()
    {
        var tally = new ResultSum().Tally;
        Assert.Equal((null, null, null, null, null), (tally.WinRate, tally.MeanR, tally.ProfitFactor, tally.MeanWinnerHeld, tally.MeanLoserHeld));
        Assert.Equal((null, null, 0m), (tally.Best, tally.Worst, tally.Drawdown));
        Assert.Null(Sum([Ended(1, 10m, 0m, 0m, 1m, "Target", 1)]).Tally.ProfitFactor);
    }

    [Fact]
    public void Add_Stretches_IsTheSameAsAddingTheirTradesWhereverItIsCut()
    {
        var random = new Random(4711);
        for (var run = 0; run < 200; run++)
        {
            var trades = Enumerable.Range(1, random.Next(0, 30)).Select(number => random.Next(8) == 0 ? Unfilled(number) : Ended(
                number, random.Next(-100, 101), random.Next(0, 5), random.Next(-2, 3), random.Next(-20, 21) / 10m, random.Next(2) == 0 ? "Target" : "Stop", random.Next(1, 90))).ToArray();
            var (first, second) = (random.Next(0, trades.Length + 1), random.Next(0, trades.Length + 1));
            var (left, right) = (Math.Min(first, second), Math.Max(first, second));
            var joined = new ResultSum().Add(Sum(trades[..left]).Tally).Add(Sum(trades[left..right]).Tally).Add(Sum(trades[right..]).Tally).Tally;
            Assert.Equal(Facts.Of(Sum(trades).Tally), Facts.Of(joined));
        }
    }

    private static ResultSum Sum(IEnumerable<EndedTrade> trades)
    {
        var sum = new ResultSum();
        foreach (var trade in trades)
            sum.Add(trade);
        return sum;
    }

    private static EndedTrade Ended(int number, decimal gross, decimal fees, decimal funding, decimal? r, string reason, int minutes, int conflicts = 0) => new(
        number, TradeStage.Closed, reason, Some.Time, Some.Time + TimeSpan.FromMinutes(minutes), gross, fees, funding, gross - fees + funding, r, conflicts);

    private static EndedTrade Unfilled(int number) => new(number, TradeStage.Unfilled, "cancelled", null, Some.Time, 0m, 0m, 0m, 0m, null, 0);
}
