using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Support;

/// <summary>
/// An hour in which most things happen once: trades that win, lose, go to breakeven, are never filled and stay open, funding, denials, updates, edits, alerts, commands.
/// </summary>
internal static class BusyRun
{
    public static readonly SimulationSettings Simulation = new() { Latency = TimeSpan.Zero, ParticipationRate = 1m, Spread = 0.0001m, BaseSlippage = 0.0001m, SlippageAtFullVolume = 0m };

    public static readonly EngineSettings Settings = new() { Risk = new RiskSettings { DuplicateWindow = TimeSpan.FromSeconds(90), PositionsPerSymbol = 3 } };

    public static StoredDesk Desk(string path, ScriptedParser parser, Instant? now = null) => new(path, parser, now, Settings, Simulation) { Chats = [11, 22] };

    /// <summary>Ends with #1 won, #2 denied, #3 at breakeven, #4 never filled, #5 malformed, #6 doubtful, #7 open with half closed, #8 waiting.</summary>
    public static StoredDesk Play(StoredDesk desk)
    {
        desk.Start();
        Flat(desk, 1000m);
        // #1: both targets.
        desk.Post(Long(980m, 1020m, 1040m), id: 1);
        Flat(desk, 1000m);
        // #2: the same idea again within the window.
        desk.Post(Long(980m, 1020m, 1040m), channel: "@beta", id: 2);
        desk.Minute(1000m, 1025m, 1000m, 1021m);
        desk.Minute(1021m, 1050m, 1021m, 1045m);
        // #3: first target, then back to the entry.
        desk.Post(Long(1020m, 1070m, 1100m), id: 3);
        Flat(desk, 1045m);
        desk.Minute(1045m, 1075m, 1045m, 1070m);
        desk.Minute(1070m, 1070m, 1030m, 1040m);
        // #4: waits for a price that does not come, and is cancelled by the channel.
        desk.Post(ScriptedParser.Signal(TradeSide.Long, new EntryPlan.InRange(new Price(1000m), new Price(990m)), Stop(970m), Target(1060m), new TargetPlan.Runner(0.5m)), channel: "@beta", id: 4);
        Flat(desk, 1040m);
        desk.Post(ScriptedParser.Update(UpdateAction.Cancel), channel: "@beta", id: 5, replyTo: 4);
        Flat(desk, 1040m);
        // #5 and #6: nothing that can be traded.
        desk.Post(new ParseResult.Malformed(new RuleFailure("stop-wrong-side", "stop 1100 is above the entry 1040 of a long"), Draft()) { Confidence = 0.9 }, channel: "@beta", id: 6);
        desk.Post(new ParseResult.Doubtful(Doubt.WaitsForDetails, new RuleFailure("no-levels", "the post has no levels"), Draft()) { Confidence = 0.5 }, channel: "@beta", id: 7);
        desk.Post(new ParseResult.NotASignal("chat", new RuleFailure("chat", "people talking")) { Confidence = 0.99 }, channel: "@beta", id: 8);
        // #7: a short that pays funding, is half closed by a person, and whose stop is moved by an edit.
        desk.Post(ScriptedParser.Signal(TradeSide.Short, new EntryPlan.AtMarket(new Price(1040m)), Stop(1070m), Target(990m), Target(950m)), channel: "@gamma", id: 9);
        Flat(desk, 1040m);
        desk.Fund(-0.0003m);
        desk.Command(id => new OperatorCommand.CloseTrade(7, 0.5m) { Id = id, By = "Anna" });
        Flat(desk, 1038m);
        desk.Post(ScriptedParser.Signal(TradeSide.Short, new EntryPlan.AtMarket(new Price(1040m)), Stop(1060m), Target(990m), Target(950m)), channel: "@gamma", id: 9, revision: 2, change: MessageChange.Edited);
        Flat(desk, 1035m);
        // #8: waits.
        desk.Post(ScriptedParser.Signal(TradeSide.Short, new EntryPlan.AtLimit(new Price(1050m)), Stop(1080m), Target(1010m)), id: 10);
        desk.Command(id => new OperatorCommand.SetTrading(TradingMode.ReducingOnly, "lunch", TimeSpan.FromMinutes(30)) { Id = id, By = "Anna", ByAdmin = true });
        Flat(desk, 1035m);
        // Refused, and written down: what the engine knows now is what is stored.
        desk.Command(id => new OperatorCommand.CancelEntries(99) { Id = id, By = "Anna" });
        return desk;
    }

    /// <summary>What follows on <see cref="Play"/>: the waiting entry is filled, the pause is lifted, a new trade begins, and all is closed at the end.</summary>
    public static void PlayOn(StoredDesk desk)
    {
        Flat(desk, 1034m);
        desk.Minute(1034m, 1055m, 1034m, 1045m);
        desk.Command(id => new OperatorCommand.SetTrading(TradingMode.Active, "back", null) { Id = id, By = "Anna", ByAdmin = true });
        desk.Fund(0.0001m);
        desk.Post(ScriptedParser.Signal(TradeSide.Short, new EntryPlan.AtMarket(null), Stop(1080m), Target(980m)), channel: "@delta", id: 20);
        Flat(desk, 1045m);
        desk.Minute(1045m, 1045m, 1008m, 1012m);
        desk.Command(id => new OperatorCommand.EmergencyStop(true) { Id = id, By = "Boris", ByAdmin = true });
        Flat(desk, 1012m);
    }

    public static void Flat(StoredDesk desk, decimal price) => desk.Minute(price, price, price, price);

    public static ParseResult Long(decimal stop, params decimal[] targets) =>
        ScriptedParser.Signal(TradeSide.Long, new EntryPlan.AtMarket(null), Stop(stop), [.. targets.Select(Target)]);

    private static TargetPlan Target(decimal price) => new TargetPlan.AtPrice(new Price(price));

    private static StopPlan Stop(decimal price) => new StopPlan.AtPrice(new Price(price));

    private static SignalDraft Draft() => new() { Pair = new PairName("BTC", "USDT"), Side = TradeSide.Long, Stop = new StopPlan.AtPrice(new Price(1100m)) };
}
