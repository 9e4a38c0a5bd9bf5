using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Benchmarks;

/// <summary>Reads every post as the same long at the market, so that the engine is measured and not the parser.</summary>
internal sealed class OneSignal : ISignalParser
{
    public ParseResult Parse(ChannelMessage message, ParseContext context) => new ParseResult.Signal([new ParsedSignal
    {
        Pair = new PairName("BTC", "USDT"),
        Side = TradeSide.Long,
        Entry = new EntryPlan.AtMarket(null),
        Stop = new StopPlan.AtPrice(new Price(98_000m)),
        Targets = [new TargetPlan.AtPrice(new Price(102_000m)), new TargetPlan.AtPrice(new Price(103_000m)), new TargetPlan.AtPrice(new Price(104_000m))],
    }]) { Confidence = 1 };

    public ParseResult Complete(SignalDraft draft, ParseContext context) => throw new NotSupportedException("The benchmark has no drafts.");
}

/// <summary>Keeps nothing.</summary>
internal sealed class NoJournal : IJournal
{
    public void Commit(EngineCommit commit)
    {
    }
}
