using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Chat.Teaching;

/// <summary>How a post is read under the settings of its channel, and that in one line.</summary>
public static class PostReading
{
    public static ParseResult Read(ISignalParser parser, ChannelMessage post, ChannelSettings channel) => channel.IgnoredPhraseIn(post.Text) is { } phrase
        ? new ParseResult.NotASignal("ignored", new RuleFailure("ignored", $"the post contains '{phrase}', as set for this channel")) { Confidence = 1 }
        : parser.Parse(post, ParseContext.TextOnly with { Profile = channel.Profile });

    public static string Words(ParseResult result) => result switch
    {
        ParseResult.Signal signal => "signal: " + string.Join(" & ", signal.Ideas.Select(idea => Fields(idea.Fields))),
        ParseResult.Update update => $"follow-up: {string.Join(", ", update.Content.Actions)} {Fields(update.Content.Fields)}".TrimEnd(),
        ParseResult.Doubtful doubtful => $"in doubt: {doubtful.Reason.Text}",
        ParseResult.Malformed malformed => $"mistake: {malformed.Reason.Text}",
        ParseResult.NotASignal not => $"no signal: {not.Reason.Text}",
        _ => throw new InvalidOperationException($"{result.GetType().Name} is not in the set of parse results."),
    };

    private static string Fields(IReadOnlyList<ReadField> fields) => string.Join(" · ", fields.Select(field => $"{field.Name} {field.Value}"));
}
