using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Support;

/// <summary>Posts, follow-ups and commands as channels and people might send them, out of seeded numbers.</summary>
internal sealed class RandomOrders(SeededNumbers numbers)
{
    private static readonly string[] Pairs = ["BTC", "ETH", "SOL"];

    public ParseResult Post(Func<string, decimal> price) => numbers.Next(0, 10) switch
    {
        < 6 => new ParseResult.Signal([.. Enumerable.Range(0, numbers.Chance(10) ? 2 : 1).Select(_ => Idea(price))]) { Confidence = 0.9 },
        < 9 => new ParseResult.Update(Update(price)) { Confidence = 0.9 },
        _ => new ParseResult.Doubtful(Doubt.WaitsForDetails, new RuleFailure("no-levels", "no levels"), new SignalDraft { Pair = new PairName(numbers.Pick(Pairs), "USDT"), Side = TradeSide.Long }) { Confidence = 0.5 },
    };

    public OperatorCommand Command(string id, EngineState state)
    {
        var trade = state.Trades.Count == 0 ? 1 : numbers.Pick(state.Trades.Keys.ToArray());
        return numbers.Next(0, 12) switch
        {
            0 => new OperatorCommand.CloseTrade(trade, numbers.Next(1, 5) * 0.25m) { Id = id, By = "ann" },
            1 => new OperatorCommand.CloseAll { Id = id, By = "ann" },
            2 => new OperatorCommand.CancelEntries(trade) { Id = id, By = "ann" },
            3 => new OperatorCommand.SetTrading(TradingMode.ReducingOnly, "pause", TimeSpan.FromMinutes(5)) { Id = id, By = "ann" },
            4 => new OperatorCommand.EmergencyStop(numbers.Chance(50)) { Id = id, By = "ann" },
            5 or 6 => new OperatorCommand.MoveStop(trade, new Price(numbers.Next(1, 2000) * 0.5m)) { Id = id, By = "ann" },
            7 or 8 => new OperatorCommand.MoveStopToEntry(trade) { Id = id, By = "ann" },
            _ => new OperatorCommand.SetTrading(TradingMode.Active, "start", null) { Id = id, By = "eve", ByAdmin = true },
        };
    }

    public ParsedSignal Idea(Func<string, decimal> price)
    {
        var pair = numbers.Pick(Pairs);
        var market = price(pair);
        var side = numbers.Chance(50) ? TradeSide.Long : TradeSide.Short;
        var sign = side.Sign();
        Price At(decimal percent) => new(Math.Round(market * (1m + sign * percent / 100m), 2));
        EntryPlan entry = numbers.Next(0, 5) switch
        {
            0 => new EntryPlan.AtLimit(At(-1m)),
            1 => new EntryPlan.InRange(At(-0.2m), At(-2m)),
            2 => new EntryPlan.AsLadder([new LadderRung(At(0m), 0.5m), new LadderRung(At(-1m), 0.3m), new LadderRung(At(-2m), 0.2m)]),
            3 => new EntryPlan.OnBreakout(At(0.5m)),
            _ => new EntryPlan.AtMarket(null),
        };
        return new ParsedSignal
        {
            Pair = new PairName(pair, "USDT"),
            Side = side,
            Entry = entry,
            Stop = numbers.Next(0, 4) switch { 0 => new StopPlan.AtLoss(0.04m), 1 => new StopPlan.AtPrice(At(-4m), numbers.Chance(30)), _ => new StopPlan.AtPrice(At(-3.5m)) },
            Targets = [.. Enumerable.Range(1, numbers.Next(1, 5)).Select(index => (TargetPlan)new TargetPlan.AtPrice(At(3m * index))), .. numbers.Chance(20) ? [new TargetPlan.Runner()] : Array.Empty<TargetPlan>()],
            Trailing = numbers.Chance(25) ? new TrailingHint(0.01m, 0.005m) : null,
            CloseAfter = numbers.Chance(20) ? TimeSpan.FromMinutes(numbers.Next(1, 30)) : null,
            EntryValidFor = numbers.Chance(20) ? TimeSpan.FromMinutes(numbers.Next(1, 30)) : null,
        };
    }

    private ParsedUpdate Update(Func<string, decimal> price)
    {
        var pair = numbers.Pick(Pairs);
        return new ParsedUpdate
        {
            Action = numbers.Pick(Enum.GetValues<UpdateAction>()),
            Also = numbers.Chance(20) ? [UpdateAction.MoveStopToEntry] : [],
            Pair = numbers.Chance(70) ? new PairName(pair, "USDT") : null,
            EveryTrade = numbers.Chance(10),
            Fraction = numbers.Chance(50) ? numbers.Next(1, 10) * 0.1m : null,
            Price = numbers.Chance(80) ? new Price(Math.Round(price(pair) * (0.96m + numbers.Next(0, 80) * 0.001m), 2)) : null,
        };
    }
}
