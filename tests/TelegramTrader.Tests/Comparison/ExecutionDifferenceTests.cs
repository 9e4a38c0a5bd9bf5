using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Comparison;

public sealed class ExecutionDifferenceTests
{
    [Fact]
    public void Between_TheSameOnBothSides_IsNothing()
    {
        var trade = Of(2m, In("e0", 3m, 100.5m, 100m, 0.1m), Out("t1", 3m, 110m, 110.2m, 0.1m));

        Assert.Equal(ExecutionDifference.None, ExecutionDifference.Between(TradeSide.Long, 1m, trade, trade));
    }

    [Fact]
    public void Between_LateAndDearer_EachPartByItself()
    {
        // Live: the market is at 101 when it buys and it pays 101.5; it sells at 109.8 with the market at 110. Paper: 100, 100.2; 109.9, 110.
        var live = Of(-0.4m, In("e0", 1m, 101.5m, 101m, 0.1m), Out("s", 1m, 109.8m, 110m, 0.2m));
        var paper = Of(-0.1m, In("e0", 1m, 100.2m, 100m, 0.05m), Out("s", 1m, 109.9m, 110m, 0.05m));

        var parts = ExecutionDifference.Between(TradeSide.Long, 1m, live, paper);

        // Net live 8.3 − 0.3 − 0.4 = 7.6; on paper 9.7 − 0.1 − 0.1 = 9.5. Delay −(101 − 100); slippage −(0.5 − 0.2) + (−0.2 + 0.1); fees 0.1 − 0.3; funding −0.4 + 0.1.
        Assert.Equal(new ExecutionDifference(-1.9m, -1m, -0.4m, -0.2m, -0.3m, 0m, 0m), parts);
    }

    [Fact]
    public void Between_Short_HasTheOtherSign()
    {
        // A short sells first: selling at 101 instead of 100 is a gain of one.
        var live = Of(0m, In("e0", 1m, 101m, 101m), Out("s", 1m, 90m, 90m));
        var paper = Of(0m, In("e0", 1m, 100m, 100m), Out("s", 1m, 90m, 90m));

        Assert.Equal(new ExecutionDifference(1m, 1m, 0m, 0m, 0m, 0m, 0m), ExecutionDifference.Between(TradeSide.Short, 1m, live, paper));
    }

    [Fact]
    public void Between_ContractsOfATenth_CountATenth()
    {
        var live = Of(0m, In("e0", 10m, 101m, 101m), Out("s", 10m, 110m, 110m));
        var paper = Of(0m, In("e0", 10m, 100m, 100m), Out("s", 10m, 110m, 110m));

        Assert.Equal(-1m, ExecutionDifference.Between(TradeSide.Long, 0.1m, live, paper).Delay);
    }

    [Fact]
    public void Between_NothingFilledLive_IsMissedWithTheNetResultOfPaper()
    {
        var paper = Of(-1m, In("e0", 2m, 100m, 100m, 0.5m), Out("t1", 2m, 110m, 110m, 0.5m));

        // 20 − 1 − 1 were made on paper and not live; and the other way round.
        Assert.Equal(new ExecutionDifference(-18m, 0m, 0m, 0m, 0m, -18m, 0m), ExecutionDifference.Between(TradeSide.Long, 1m, ExecutedTrade.Nothing, paper));
        Assert.Equal(new ExecutionDifference(18m, 0m, 0m, 0m, 0m, 18m, 0m), ExecutionDifference.Between(TradeSide.Long, 1m, paper, ExecutedTrade.Nothing));
    }

    [Fact]
    public void Between_HalfOfTheEntryFilledLive_TheOtherHalfIsMissedAndTheFeesAreOfWhatBothFilled()
    {
        var live = Of(0m, In("e0", 1m, 100m, 100m, 0.1m), Out("t1", 1m, 110m, 110m, 0.1m));
        var paper = Of(0m, In("e0", 2m, 100m, 100m, 0.1m), Out("t1", 2m, 110m, 110m, 0.1m));

        // Of the paper's 20 − 0.2 half are missed: 9.9. On the other half paper paid 0.1 and live 0.2.
        Assert.Equal(new ExecutionDifference(-10m, 0m, 0m, -0.1m, 0m, -9.9m, 0m), ExecutionDifference.Between(TradeSide.Long, 1m, live, paper));
    }

    [Fact]
    public void Between_SecondLegOnPaperOnly_IsMissed()
    {
        var live = Of(0m, In("e0", 1m, 100m, 100m), Out("s", 1m, 90m, 90m));
        var paper = Of(0m, In("e0", 1m, 100m, 100m), In("e1", 1m, 95m, 95m), Out("s", 2m, 90m, 90m));

        // The second leg lost 5 on paper: live is better off for missing it.
        Assert.Equal(new ExecutionDifference(5m, 0m, 0m, 0m, 0m, 5m, 0m), ExecutionDifference.Between(TradeSide.Long, 1m, live, paper));
    }

    [Fact]
    public void Between_TargetOnPaperAndStopLive_IsAMissedFill()
    {
        var live = Of(0m, In("e0", 1m, 100m, 100m), Out("s", 1m, 94.5m, 95m));
        var paper = Of(0m, In("e0", 1m, 100m, 100m), Out("t1", 1m, 110m, 110m));

        // The market went from 110 to 95 meanwhile; the stop slipped by a half.
        Assert.Equal(new ExecutionDifference(-15.5m, 0m, -0.5m, 0m, 0m, -15m, 0m), ExecutionDifference.Between(TradeSide.Long, 1m, live, paper));
    }

    [Fact]
    public void Between_StopLiveAndClosedOnPaper_IsAnotherExit()
    {
        var live = Of(0m, In("e0", 1m, 100m, 100m), Out("s", 1m, 95m, 95m));
        var paper = Of(0m, In("e0", 1m, 100m, 100m), Out("x", 1m, 98m, 98m));

        Assert.Equal(new ExecutionDifference(-3m, 0m, 0m, 0m, 0m, 0m, -3m), ExecutionDifference.Between(TradeSide.Long, 1m, live, paper));
    }

    [Fact]
    public void Between_ATradeThatIsNotClosed_Throws()
    {
        var open = Of(0m, In("e0", 2m, 100m, 100m), Out("t1", 1m, 110m, 110m));

        Assert.Contains("entered 2 and left 1", Assert.Throws<ArgumentException>(() => ExecutionDifference.Between(TradeSide.Long, 1m, open, open)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_RandomFills_PartsAddUpExactlyAndTheOtherWayRoundTheyAreNegative()
    {
        var (missed, others) = (0, 0);
        for (var seed = 1UL; seed <= 3_000; seed++)
        {
            var numbers = new SeededNumbers(seed);
            var side = numbers.Pick([TradeSide.Long, TradeSide.Short]);
            var contract = numbers.Pick([1m, 0.001m, 10m]);
            var (live, paper) = (Random(numbers), Random(numbers));

            var parts = ExecutionDifference.Between(side, contract, live, paper);
            var reverse = ExecutionDifference.Between(side, contract, paper, live);

            Assert.Equal(parts.Total, parts.Delay + parts.Slippage + parts.Fees + parts.Funding + parts.MissedFills + parts.OtherExits);
            Assert.True(Math.Abs(live.Net(side, contract) - paper.Net(side, contract) - parts.Total) < 0.00000000001m, $"seed {seed}");
            foreach (var (there, back) in Parts(parts).Zip(Parts(reverse)))
                Assert.True(Math.Abs(there + back) < 0.000000001m, $"seed {seed}: {parts} and {reverse}");
            missed += parts.MissedFills != 0m ? 1 : 0;
            others += Math.Abs(parts.OtherExits) > 0.000001m ? 1 : 0;
        }

        Assert.True(missed > 500 && others > 200, $"{missed} missed, {others} others");
    }

    [Fact]
    public void Between_RandomPricesOfTheSameOrders_LeavesNothingOver()
    {
        for (var seed = 1UL; seed <= 1_000; seed++)
        {
            var numbers = new SeededNumbers(seed);
            var live = Random(numbers);
            // The same orders in the same quantities, at other prices.
            var paper = live with { Lots = [.. live.Lots.Select(lot => lot with { Price = Near(numbers), Mid = Near(numbers), Fee = numbers.Next(0, 100) / 100m })] };

            var parts = ExecutionDifference.Between(TradeSide.Long, 1m, live, paper);

            Assert.True(Math.Abs(parts.MissedFills) < 0.000000001m && Math.Abs(parts.OtherExits) < 0.000000001m, $"seed {seed}: {parts}");
        }
    }

    private static decimal[] Parts(ExecutionDifference parts) => [parts.Total, parts.Delay, parts.Slippage, parts.Fees, parts.Funding, parts.MissedFills, parts.OtherExits];

    private static ExecutedTrade Random(SeededNumbers numbers)
    {
        var lots = new List<ExecutedLot>();
        var open = 0m;
        for (var leg = 0; leg < 3; leg++)
            for (var fill = numbers.Next(0, 3); fill > 0; fill--)
            {
                var quantity = numbers.Next(1, 50) / 8m;
                open += quantity;
                lots.Add(In("e" + leg, quantity, Near(numbers).Value, Near(numbers).Value, numbers.Next(0, 100) / 100m));
            }

        foreach (var purpose in new[] { "t1", "t2", "s", "x" })
        {
            var quantity = purpose == "x" ? open : Math.Round(open * numbers.Next(0, 100) / 100m, 3);
            open -= quantity;
            if (quantity > 0m)
                lots.Add(Out(purpose, quantity, Near(numbers).Value, Near(numbers).Value, numbers.Next(0, 100) / 100m));
        }

        return new ExecutedTrade { Lots = lots, Funding = numbers.Next(-100, 100) / 100m };
    }

    private static Price Near(SeededNumbers numbers) => new(numbers.Next(90_000, 110_000) / 13m);

    private static ExecutedTrade Of(decimal funding, params ExecutedLot[] lots) => new() { Lots = lots, Funding = funding };

    private static ExecutedLot In(string purpose, decimal quantity, decimal price, decimal mid, decimal fee = 0m) =>
        new(purpose, true, false, new Quantity(quantity), new Price(price), new Price(mid), fee);

    private static ExecutedLot Out(string purpose, decimal quantity, decimal price, decimal mid, decimal fee = 0m) =>
        new(purpose, false, purpose.StartsWith('t'), new Quantity(quantity), new Price(price), new Price(mid), fee);
}
