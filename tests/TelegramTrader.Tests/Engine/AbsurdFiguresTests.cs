using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

/// <summary>Money is computed in checked decimals, and a post may hold any figure: whatever it holds, the engine denies and never throws.</summary>
public sealed class AbsurdFiguresTests
{
    private static readonly decimal[] Figures =
    [
        0.0000000000000000000000000001m, 0.00000000000001m, 0.000001m, 0.1m, 0.9999999999999999999999999999m, 1m, 99m, 1000m, 1001m, 999_999_999m, 1_000_000_001m, 79228162514264337593543950335m,
        -1m, -79228162514264337593543950335m, 0m, 3.3333333333333333333333333333m, 100000000000000000000m,
    ];

    [Fact]
    public void Handle_AnyFiguresAnywhere_NeverThrows()
    {
        var denied = new HashSet<string>();
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var numbers = new SeededNumbers(seed);
            var desk = new PaperDesk(instruments: [Some.Instrument(), Some.Instrument("1000PEPE/USDT:USDT", tick: 0.0000001m, step: 1m), Some.Instrument("1MBONK/USDT:USDT", tick: 0.0000000001m, step: 0.0000000001m)]);
            desk.Journal.OnCommit = commit => EngineInvariants.Check(desk.Engine, commit.Event);
            desk.Minute((Some.Btc, Some.Candle(1000m, 1000m, 1000m, 1000m)), (Symbol.Parse("1000PEPE/USDT:USDT"), Some.Candle(0.01m, 0.01m, 0.01m, 0.01m)), (Symbol.Parse("1MBONK/USDT:USDT"), Some.Candle(20m, 20m, 20m, 20m)));
            for (var count = 0; count < 250; count++)
                desk.Post(Result(numbers), replyTo: numbers.Chance(20) ? 1000 + numbers.Next(0, count + 1) : null);
            denied.UnionWith(desk.Journal.Notifications.OfType<Notification.SignalDenied>().Select(notification => notification.Code));
        }

        Assert.All(denied, code => Assert.Contains(code, DenialCodes.All));
        Assert.Contains(DenialCodes.ImpossibleFigure, denied);
        Assert.Contains(VenueSymbols.PriceScale, denied);
    }

    private static ParseResult Result(SeededNumbers numbers)
    {
        if (numbers.Chance(25))
            return new ParseResult.Update(new ParsedUpdate
            {
                Action = numbers.Pick(Enum.GetValues<UpdateAction>()), Price = Price(numbers), Fraction = numbers.Pick(Figures), ClaimedPercent = numbers.Pick(Figures), EveryTrade = true,
                TargetIndex = numbers.Pick([int.MinValue, 0, 1, 2, int.MaxValue]), AllTargets = numbers.Chance(20), ClaimedLeverage = numbers.Pick(Figures),
            }) { Confidence = 1 };
        return new ParseResult.Signal([new ParsedSignal
        {
            Pair = new PairName(numbers.Pick(["BTC", "PEPE", "BONK"]), "USDT"),
            Side = numbers.Chance(50) ? TradeSide.Long : TradeSide.Short,
            Entry = numbers.Next(0, 5) switch
            {
                0 => new EntryPlan.AtLimit(Price(numbers)),
                1 => new EntryPlan.InRange(Price(numbers), Price(numbers)),
                2 => new EntryPlan.AsLadder([.. Enumerable.Range(0, numbers.Next(0, 4)).Select(_ => new LadderRung(Price(numbers), numbers.Pick(Figures)))]),
                3 => new EntryPlan.OnBreakout(Price(numbers)),
                _ => new EntryPlan.AtMarket(numbers.Chance(50) ? Price(numbers) : null),
            },
            Stop = numbers.Next(0, 3) switch { 0 => new StopPlan.AtLoss(numbers.Pick(Figures)), 1 => new StopPlan.AtPrice(Price(numbers)), _ => new StopPlan.Missing() },
            Targets = [.. Enumerable.Range(0, numbers.Next(0, 4)).Select(_ => Target(numbers))],
            Leverage = numbers.Chance(50) ? new LeverageRange(numbers.Pick(Figures), numbers.Pick(Figures)) : null,
            Size = numbers.Chance(50) ? new SizeHint.AtRisk(numbers.Pick(Figures)) : null,
            Trailing = numbers.Chance(30) ? new TrailingHint(numbers.Pick(Figures), numbers.Pick(Figures)) : null,
            BreakevenAfterTarget = numbers.Chance(30) ? numbers.Pick([int.MinValue, -1, 0, 1, int.MaxValue]) : null,
            EntryValidFor = numbers.Chance(20) ? numbers.Pick([TimeSpan.MinValue, TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.MaxValue]) : null,
            CloseAfter = numbers.Chance(20) ? numbers.Pick([TimeSpan.MinValue, TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.MaxValue]) : null,
        }]) { Confidence = 1 };
    }

    private static TargetPlan Target(SeededNumbers numbers)
    {
        var share = numbers.Chance(40) ? numbers.Pick(Figures) : (decimal?)null;
        return numbers.Next(0, 3) switch { 0 => new TargetPlan.AtGain(numbers.Pick(Figures), share), 1 => new TargetPlan.Runner(share), _ => new TargetPlan.AtPrice(Price(numbers), share) };
    }

    // Prices are above zero by their type; half of them are such that a trade can come of it.
    private static Price Price(SeededNumbers numbers) =>
        numbers.Chance(50) ? new Price(numbers.Next(900, 1100)) : new Price(Math.Max(0.0000000000000000000000000001m, numbers.Pick(Figures)));
}
