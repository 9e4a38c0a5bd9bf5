using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

public sealed class ReconciliationTests
{
    [Theory]
    [InlineData(2, 0, PositionDifferenceKind.Gone, 2, 0)]
    [InlineData(-2, 0, PositionDifferenceKind.Gone, -2, 0)]
    [InlineData(2, 1, PositionDifferenceKind.Smaller, 1, 0)]
    [InlineData(-2, -1, PositionDifferenceKind.Smaller, -1, 0)]
    [InlineData(2, 3, PositionDifferenceKind.Larger, 0, 1)]
    [InlineData(-2, -3, PositionDifferenceKind.Larger, 0, -1)]
    [InlineData(0, 3, PositionDifferenceKind.Foreign, 0, 3)]
    [InlineData(2, -3, PositionDifferenceKind.Opposite, 2, -3)]
    [InlineData(-2, 3, PositionDifferenceKind.Opposite, -2, 3)]
    public void ComparePositions_OneSymbol_NamesWhatIsMissingAndWhatIsForeign(int ours, int theirs, PositionDifferenceKind kind, int missing, int foreign)
    {
        var difference = Assert.Single(Reconciliation.ComparePositions(ours == 0 ? [] : [Trade(1, Some.Btc, ours)], Report(theirs == 0 ? [] : [Position(Some.Btc, theirs)])));
        Assert.Equal(new PositionDifference(Some.Btc, kind, ours, theirs), difference);
        Assert.Equal((missing, foreign), (difference.MissingPart, difference.ForeignPart));
    }

    [Fact]
    public void ComparePositions_TradesOfOtherAccountsOrWithoutAPosition_DoNotCount()
    {
        Trade[] trades = [Trade(1, Some.Btc, 2) with { Account = new AccountId("other") }, Trade(2, Some.Btc, 2) with { Position = null }];
        Assert.Empty(Reconciliation.ComparePositions(trades, Report([])));
    }

    [Theory]
    // Of 2 held by us, 2 or more are no difference: the rest was there before.
    [InlineData(2, 2.0, null)]
    [InlineData(2, 7.5, null)]
    [InlineData(2, 1.5, PositionDifferenceKind.Smaller)]
    [InlineData(2, 0.0, PositionDifferenceKind.Gone)]
    // Coins of somebody else are not our business.
    [InlineData(0, 3.0, null)]
    public void ComparePositions_SpotCoins_OnlyLessThanOursIsADifference(int ours, double theirs, PositionDifferenceKind? kind)
    {
        var symbol = Symbol.Parse("BTC/USDT");
        var report = Report([]) with { Coins = new Dictionary<string, decimal> { ["BTC"] = (decimal)theirs, ["USDT"] = 5m } };

        var differences = Reconciliation.ComparePositions(ours == 0 ? [] : [Trade(1, symbol, ours)], report);

        Assert.Equal(kind is null ? [] : [new PositionDifference(symbol, kind.Value, ours, (decimal)theirs)], differences);
    }

    [Fact]
    public void ComparePositions_SaysBothSides() =>
        Assert.Equal(
            "BTC/USDT:USDT: our books say long 2, the exchange says short 3",
            Assert.Single(Reconciliation.ComparePositions([Trade(1, Some.Btc, 2)], Report([Position(Some.Btc, -3)]))).ToString());

    [Fact]
    public void ComparePositions_RandomBooks_HoldsItsInvariants()
    {
        Symbol[] symbols = [Some.Btc, Some.Eth, Symbol.Parse("SOL/USDT:USDT")];
        var numbers = new SeededNumbers(10);
        for (var round = 0; round < 10_000; round++)
        {
            var trades = Enumerable.Range(1, numbers.Next(0, 5)).Select(number => Trade(number, numbers.Pick(symbols), Signed(numbers))).ToArray();
            var positions = Enumerable.Range(1, numbers.Next(0, 5)).Select(_ => Position(numbers.Pick(symbols), Signed(numbers))).ToArray();
            var differences = Reconciliation.ComparePositions(trades, Report(positions));

            Assert.Equal(differences, Reconciliation.ComparePositions(trades.Reverse(), Report([.. positions.Reverse()])));
            Assert.Equal(differences.Select(difference => difference.Symbol).Distinct().Order(), differences.Select(difference => difference.Symbol));
            foreach (var symbol in symbols)
            {
                var ours = trades.Where(trade => trade.Instrument.Symbol == symbol).Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value);
                var theirs = positions.Where(position => position.Symbol == symbol).Sum(position => position.Side.Sign() * position.Quantity.Value);
                var found = differences.SingleOrDefault(difference => difference.Symbol == symbol);
                Assert.Equal(ours != theirs, found is not null);
                if (found is null)
                    continue;
                Assert.Equal((ours, theirs), (found.Ours, found.Theirs));
                Assert.Equal(theirs, ours - found.MissingPart + found.ForeignPart);
                AssertIsPart(found.ForeignPart, theirs);
                AssertIsPart(found.MissingPart, ours);
            }
        }
    }

    private static void AssertIsPart(decimal part, decimal whole)
    {
        Assert.True(Math.Abs(part) <= Math.Abs(whole), $"{part} is more than {whole}");
        Assert.True(part * whole >= 0m, $"{part} is on the other side of {whole}");
    }

    private static int Signed(SeededNumbers numbers) => numbers.Next(1, 5) * (numbers.Chance(50) ? 1 : -1);

    private static AccountReport Report(IReadOnlyList<ReportedPosition> positions) => new(Some.Account, new Money(10_000m, "USDT"), [], [], positions, [], []);

    private static ReportedPosition Position(Symbol symbol, int signed) => new(symbol, SideOf(signed), new Quantity(Math.Abs(signed)), Some.Price());

    private static TradeSide SideOf(int signed) => signed > 0 ? TradeSide.Long : TradeSide.Short;

    private static Trade Trade(int number, Symbol symbol, int signed)
    {
        var instrument = Some.Instrument(symbol.ToString());
        var zero = Money.Zero("USDT");
        return new Trade
        {
            Number = number,
            // What it came from plays no part in what is held.
            Signal = null!,
            Account = Some.Account,
            Instrument = instrument,
            Side = SideOf(signed),
            Leverage = 1m,
            Stage = TradeStage.Open,
            Legs = [],
            PlannedEntry = Some.Price(),
            Exits = new ExitPlan { Stop = new StopLevel(Some.Price(), StopReason.Initial), InitialStop = Some.Price(), Targets = [] },
            PlannedLoss = zero,
            CreatedAt = Some.Time,
            EntriesExpireAt = Some.Time,
            Position = new Position
            {
                Instrument = instrument,
                Side = SideOf(signed),
                Entered = new Quantity(Math.Abs(signed)),
                EntryValue = new Money(100m * Math.Abs(signed), "USDT"),
                ExitValue = zero,
                Fees = zero,
                Funding = zero,
                OpenedAt = Some.Time,
            },
        };
    }
}
