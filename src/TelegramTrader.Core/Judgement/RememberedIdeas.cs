using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Core.Judgement;

/// <summary>Reads posts as the parser behind it does, and keeps the ideas that it found: a denied signal leaves no trade behind that would have them.</summary>
internal sealed class RememberedIdeas(ISignalParser parser) : ISignalParser
{
    private readonly Dictionary<(ChannelId Channel, long MessageId, int Revision), IReadOnlyList<ParsedSignal>> _ideas = [];
    private ChannelMessage? _latest;

    public IReadOnlyList<ParsedSignal> Of(ChannelMessage message) => _ideas.GetValueOrDefault((message.Channel, message.MessageId, message.Revision), []);

    public ParseResult Parse(ChannelMessage message, ParseContext context)
    {
        _latest = message;
        return Keep(parser.Parse(message, context));
    }

    /// <summary>Details complete an alert: the ideas belong to the post with the details, which was read right before.</summary>
    public ParseResult Complete(SignalDraft draft, ParseContext context) => Keep(parser.Complete(draft, context));

    private ParseResult Keep(ParseResult result)
    {
        if (result is ParseResult.Signal signal && _latest is { } message)
            _ideas[(message.Channel, message.MessageId, message.Revision)] = signal.Ideas;
        return result;
    }
}
