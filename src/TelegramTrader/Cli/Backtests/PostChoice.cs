using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Cli.Backtests;

/// <summary>Of many posts those that were asked for.</summary>
internal static class PostChoice
{
    private const int MostNamed = 20;

    /// <summary>All versions of the posts whose first version falls into the time.</summary>
    /// <param name="channel">With or without its @; null for all.</param>
    public static IReadOnlyList<ChannelMessage> Of(IReadOnlyList<ChannelMessage> messages, string? channel, Instant? from, Instant? to)
    {
        var name = channel?.Trim().TrimStart('@');
        return [.. messages
            .Where(message => name is null || string.Equals(message.Channel.Value.TrimStart('@'), name, StringComparison.OrdinalIgnoreCase))
            .GroupBy(message => (message.Channel, message.MessageId))
            .Where(post => post.MinBy(message => message.Revision)!.PostedAt is var posted && (from is not { } first || posted >= first) && (to is not { } end || posted < end))
            .SelectMany(post => post)];
    }

    /// <summary>Why there are none.</summary>
    public static string Nothing(IReadOnlyList<ChannelMessage> messages, string where) =>
        $"None of the {messages.Count} posts in {where} is of the channel and time asked for; channels there: {string.Join(", ", messages.Select(message => message.Channel.Value).Distinct().Take(MostNamed))}.";
}
