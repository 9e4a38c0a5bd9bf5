using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Tests.Support;

/// <summary>Gives the result that was taught for a text, and throws on any text it was not taught.</summary>
internal sealed class ScriptedParser : ISignalParser
{
    private readonly Dictionary<string, ParseResult> _results = new(StringComparer.Ordinal);

    public void Teach(string text, ParseResult result) => _results[text] = result;

    public ParseResult Parse(ChannelMessage message, ParseContext context) =>
        _results.TryGetValue(message.Text, out var result) ? result : throw new InvalidOperationException($"Nobody taught the text '{message.Text}'.");

    public ParseResult Complete(SignalDraft draft, ParseContext context) => new ParseResult.Signal([new ParsedSignal
    {
        Pair = draft.Pair!,
        Side = draft.Side!.Value,
        Entry = draft.Entry ?? new EntryPlan.AtMarket(null),
        Targets = draft.Targets,
        Stop = draft.Stop ?? new StopPlan.Missing(),
    }]) { Confidence = 1 };

    public static ParseResult Signal(
        TradeSide side, EntryPlan entry, StopPlan stop, params TargetPlan[] targets) => new ParseResult.Signal([new ParsedSignal
    {
        Pair = new PairName("BTC", "USDT"),
        Side = side,
        Entry = entry,
        Stop = stop,
        Targets = targets,
    }]) { Confidence = 1 };

    public static ParseResult Update(UpdateAction action, Price? price = null, decimal? fraction = null, PairName? pair = null) =>
        new ParseResult.Update(new ParsedUpdate { Action = action, Price = price, Fraction = fraction, Pair = pair }) { Confidence = 1 };
}
