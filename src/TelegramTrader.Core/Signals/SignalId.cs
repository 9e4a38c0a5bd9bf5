using System.Globalization;

namespace TelegramTrader.Core.Signals;

/// <summary>
/// The identity of a trade idea, derived from where it stood: channel, message, revision and the place within the post.
/// The same message handled twice makes the same id, and the database refuses the second.
/// </summary>
public readonly record struct SignalId(string Value)
{
    /// <param name="message">The post that holds the idea.</param>
    /// <param name="place">0 for the first idea in the post, 1 for the second, and so on.</param>
    public static SignalId From(ChannelMessage message, int place) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{message.Channel}/{message.MessageId}/{message.Revision}/{place}"));

    /// <param name="message">The post that a person wanted traded, after the parser was in doubt or had never seen it in a channel.</param>
    /// <param name="number">The number of the decision.</param>
    public static SignalId Confirmed(ChannelMessage message, int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{message.Channel}/{message.MessageId}/{message.Revision}/c{number}"));

    public override string ToString() => Value;
}
