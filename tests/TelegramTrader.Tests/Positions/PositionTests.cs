using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Positions;

public sealed class PositionTests
{
    /// <summary>fills → side, open quantity, average entry, realised, fees, funding, unrealised at 105.</summary>
    public static TheoryData<string, TradeSide, decimal, decimal, decimal, decimal, decimal, decimal> OpenPositions => new()
    {
        // one entry; open result 2 × (105 − 100) = 10
        { "buy 2@100 fee 0.1", TradeSide.Long, 2m, 100m, 0m, 0.1m, 0m, 10m },
        { "sell 2@100 fee 0.1", TradeSide.Short, 2m, 100m, 0m, 0.1m, 0m, -10m },
        // average (2 × 100 + 1 × 103) ÷ 3 = 101; open 3 × (105 − 101) = 12; fees 0.1 + 0.05
        { "buy 2@100 fee 0.1; buy 1@103 fee 0.05", TradeSide.Long, 3m, 101m, 0m, 0.15m, 0m, 12m },
        { "sell 2@100 fee 0.1; sell 1@103 fee 0.05", TradeSide.Short, 3m, 101m, 0m, 0.15m, 0m, -12m },
        // a part out: realised 1 × (110 − 101) = 9; left 2 × (105 − 101) = 8; the average stays
        { "buy 2@100; buy 1@103; sell 1@110", TradeSide.Long, 2m, 101m, 9m, 0m, 0m, 8m },
        { "sell 2@100; sell 1@103; buy 1@90", TradeSide.Short, 2m, 101m, 11m, 0m, 0m, -8m },
        // a part out, then more in: entered 3 for 100 + 100 + 112 = 312 → average 104; realised 1 × (110 − 104) = 6, open 2 × 1 = 2
        { "buy 2@100; sell 1@110; buy 1@112", TradeSide.Long, 2m, 104m, 6m, 0m, 0m, 2m },
        // funding: paid 0.5, received 0.2
        { "buy 1@100 fee 0.05; funding -0.5; funding 0.2", TradeSide.Long, 1m, 100m, 0m, 0.05m, -0.3m, 5m },
        // a rebate makes fees smaller
        { "buy 1@100 fee 0.05; buy 1@100 fee -0.02", TradeSide.Long, 2m, 100m, 0m, 0.03m, 0m, 10m },
    };

    [Theory]
    [MemberData(nameof(OpenPositions))]
    public void Apply_Fills_FoldsToTheWorkedPosition(
        string fills, TradeSide side, decimal quantity, decimal average, decimal realised, decimal fees, decimal funding, decimal unrealised)
    {
        var (open, closed) = FillScript.Run(fills, Some.Instrument());
        Assert.Empty(closed);
        Assert.NotNull(open);
        Assert.Equal(side, open.Side);
        Assert.Equal(quantity, open.Quantity.Value);
        Assert.Equal(average, open.AverageEntry.Value);
        Assert.Equal(realised, open.Realised.Amount);
        Assert.Equal(fees, open.Fees.Amount);
        Assert.Equal(funding, open.Funding.Amount);
        Assert.Equal(unrealised, open.UnrealisedAt(new Price(105m)).Amount);
    }

    /// <summary>fills → side, quantity, average entry, average exit, gross, fees, funding, net.</summary>
    public static TheoryData<string, TradeSide, decimal, decimal, decimal, decimal, decimal, decimal, decimal> ClosedPositions => new()
    {
        // 2 × (110 − 100) = 20; fees 0.1 + 0.11
        { "buy 2@100 fee 0.1; sell 2@110 fee 0.11", TradeSide.Long, 2m, 100m, 110m, 20m, 0.21m, 0m, 19.79m },
        { "sell 2@100 fee 0.1; buy 2@110 fee 0.11", TradeSide.Short, 2m, 100m, 110m, -20m, 0.21m, 0m, -20.21m },
        // three exits of thirds that don't divide: in 3 for 100, out for 101 + 102 + 104 = 307 → 307 − 300 = 7 to the last digit
        { "buy 3@100; sell 1@101; sell 1@102; sell 1@104; ", TradeSide.Long, 3m, 100m, 102.33333333333333333333333333m, 7m, 0m, 0m, 7m },
        // entries whose mean doesn't end: 1 × 100 + 2 × 101 = 302, mean 100.666…; out 3 × 102 = 306; 306 − 302 = 4
        { "buy 1@100; buy 2@101; sell 3@102", TradeSide.Long, 3m, 100.66666666666666666666666667m, 102m, 4m, 0m, 0m, 4m },
        { "sell 1@100; sell 2@101; buy 3@102", TradeSide.Short, 3m, 100.66666666666666666666666667m, 102m, -4m, 0m, 0m, -4m },
        // funding counts in the net: 5 − 0.3 − 0.25 = 4.45
        { "buy 1@100 fee 0.1; funding -0.25; sell 1@105 fee 0.2", TradeSide.Long, 1m, 100m, 105m, 5m, 0.3m, -0.25m, 4.45m },
        { "sell 1@100 fee 0.1; funding 0.25; buy 1@95 fee 0.2", TradeSide.Short, 1m, 100m, 95m, 5m, 0.3m, 0.25m, 4.95m },
        // out in parts and in again between: entries 100 + 100 + 112 = 312, exits 110 + 2 × 108 = 326 → 14
        { "buy 2@100; sell 1@110; buy 1@112; sell 2@108", TradeSide.Long, 3m, 104m, 108.66666666666666666666666667m, 14m, 0m, 0m, 14m },
    };

    [Theory]
    [MemberData(nameof(ClosedPositions))]
    public void Apply_FillsToZero_GiveTheResultToTheLastDigit(
        string fills, TradeSide side, decimal quantity, decimal entry, decimal exit, decimal gross, decimal fees, decimal funding, decimal net)
    {
        var (open, all) = FillScript.Run(fills, Some.Instrument());
        Assert.Null(open);
        var closed = Assert.Single(all);
        Assert.Equal(side, closed.Side);
        Assert.Equal(quantity, closed.Quantity.Value);
        Assert.Equal(entry, closed.AverageEntry.Value);
        Assert.Equal(exit, closed.AverageExit.Value);
        Assert.Equal(gross, closed.Gross.Amount);
        Assert.Equal(fees, closed.Fees.Amount);
        Assert.Equal(funding, closed.Funding.Amount);
        Assert.Equal(net, closed.Net.Amount);
        Assert.Equal(Some.Time, closed.OpenedAt);
    }

    [Fact]
    public void Apply_ContractsOfTenUnits_CountTheContractSizeOnce()
    {
        // 3 contracts × 10 units × (102 − 100) = 60; average and exit stay prices of one unit
        var (_, closed) = FillScript.Run("buy 3@100; sell 3@102", Some.Instrument() with { ContractSize = 10m });
        Assert.Equal(60m, closed[0].Gross.Amount);
        Assert.Equal(100m, closed[0].AverageEntry.Value);
        Assert.Equal(102m, closed[0].AverageExit.Value);
    }

    [Fact]
    public void Apply_FillLargerThanPosition_ClosesAndOpensOpposite()
    {
        // Sells 3 of a long of 1: 1 closes with 110 − 100 = 10, 2 are short at 110. The fee of 0.33 is split 1 : 2.
        var (open, closed) = FillScript.Run("buy 1@100 fee 0.1; sell 3@110 fee 0.33", Some.Instrument());
        Assert.Equal(10m, closed[0].Gross.Amount);
        Assert.Equal(0.21m, closed[0].Fees.Amount, 25);
        Assert.Equal(TradeSide.Short, open!.Side);
        Assert.Equal(2m, open.Quantity.Value);
        Assert.Equal(110m, open.AverageEntry.Value);
        // Whatever the division gives, not a digit of the fee is lost.
        Assert.Equal(0.43m, (closed[0].Fees + open.Fees).Amount);
    }

    [Fact]
    public void Apply_ShortTurnedByABuy_ClosesAndOpensALong()
    {
        var (open, closed) = FillScript.Run("sell 2@100; buy 5@96", Some.Instrument());
        Assert.Equal(8m, closed[0].Gross.Amount);
        Assert.Equal((TradeSide.Long, 3m, 96m), (open!.Side, open.Quantity.Value, open.AverageEntry.Value));
    }

    [Fact]
    public void Apply_FillOfAnotherSymbol_IsABrokenPromise()
    {
        var (open, _) = FillScript.Run("buy 1@100", Some.Instrument());
        var foreign = FillScript.Read("sell 1@100", Some.Eth)[0].Fill!;
        Assert.Throws<InvalidOperationException>(() => open!.Apply(foreign));
    }
}
