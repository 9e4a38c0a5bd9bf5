using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Cli.Backtests;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Settings;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>The stored posts of one channel through the engine over prices of the past, as <c>backtest signals --messages</c> of the command line: what following it would have brought.</summary>
internal sealed class ChannelBacktestJob(ChannelHistory history, PastPrices prices, ISignalParser parser, AppSettings settings, ChartStyle style) : IJobKind
{
    private const int MostVersions = 200_000;
    private const int MostChannels = 500;
    private const int Offered = 12;
    private const int MostDays = 3650;

    private static readonly LineOption s_delay = new("delay", "seconds between a post and what is done about it", 0, 86_400, 0);
    private static readonly LineOption s_limits = new("limits", "1: one account with its limits; 0: each signal alone", 0, 1, 1) { IsWhole = true };

    public string Name => "channel";

    public string Command => "backtest";

    public bool Takes(IReadOnlyList<string> words) => words.Count == 0 || Find(words[0]) is not null;

    public JobCheck Check(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return new JobCheck.Asks("Or the posts of which channel?", [.. Channels().Take(Offered).Select(channel => new JobChoice(channel.Value, channel.Value))]);
        if (words.Count == 1)
            return new JobCheck.Asks($"The posts of {Find(words[0])}: how far back from the last?", [.. new[] { "30d", "90d", "365d", "all" }.Select(range => new JobChoice(range == "all" ? "All there are" : $"{range[..^1]} days", $"{Find(words[0])} {range}"))]);
        var (order, trouble) = Read(words);
        return order is null ? new JobCheck.Wrong(trouble) : new JobCheck.Ready(string.Join(' ', [order.Channel.Value, .. words.Skip(1)]));
    }

    public JobOutcome Run(JobWork work)
    {
        var (order, trouble) = Read(work.Arguments.Split(' '));
        if (order is null)
            return new JobOutcome.Failed(trouble);
        var messages = Chosen(history.VersionsAsync(order.Channel, MostVersions, work.Cancellation).GetAwaiter().GetResult(), order.Days);
        if (messages.Count == 0)
            return new JobOutcome.Failed($"No posts of {order.Channel} are stored.");
        var from = Stopwatch.GetTimestamp();
        try
        {
            var result = new ChannelBacktest(parser).Run(
                new ChannelBacktestOrder
                {
                    Messages = messages, Prices = prices, Settings = settings.Trading, Simulation = settings.Simulation, Delay = order.Delay, WithLimits = order.WithLimits,
                },
                work.Progress, work.Cancellation);
            var told = new PostsVerb.Results(result, settings.Simulation, [], Stopwatch.GetElapsedTime(from));
            return new JobOutcome.Done(ChannelRows.Of(result), PostsJson.Of(told)) { Charts = ChannelRows.Charts(order.Channel.Value, result.Result, style) };
        }
        catch (PriceSourceException exception)
        {
            return new JobOutcome.Failed(exception.Message);
        }
    }

    private static (Order? Order, string Trouble) Read(IReadOnlyList<string> words)
    {
        var (days, hasRange, delay, limits) = ((int?)null, false, 0m, 1m);
        foreach (var word in words.Skip(1))
        {
            if (word.Split('=', 2) is [var name, var text])
            {
                var option = name == s_delay.Name ? s_delay : name == s_limits.Name ? s_limits : null;
                if (option is null)
                    return (null, $"Behind a channel come delay=SECONDS, limits=0 and how far back it goes, but there is '{word}'.");
                if (option.Read(text) is not { } value)
                    return (null, string.Create(CultureInfo.InvariantCulture, $"{name} ({option.Meaning}) must be {(option.IsWhole ? "a whole number" : "a number")} from {option.Least} to {option.Most}, but is '{text}'."));
                if (option == s_delay)
                    delay = value;
                else
                    limits = value;
                continue;
            }

            if (hasRange)
                return (null, $"How far back it goes is said twice; the second time with '{word}'.");
            hasRange = true;
            if (word == "all")
                continue;
            if (!word.EndsWith('d') || !int.TryParse(word.AsSpan(0, word.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MostDays)
                return (null, $"Behind a channel come 1d to {MostDays}d or all for how far back it goes, but there is '{word}'.");
            days = number;
        }

        return (new Order(new ChannelId(words[0]), days, TimeSpan.FromSeconds((double)delay), limits == 1m), "");
    }

    /// <summary>All versions of the posts whose first version is not older than so many days before the last post.</summary>
    private static IReadOnlyList<ChannelMessage> Chosen(IReadOnlyList<ChannelMessage> messages, int? days)
    {
        if (days is not { } count || messages.Count == 0)
            return messages;
        var since = messages.Max(message => message.PostedAt) - TimeSpan.FromDays(count);
        return [.. messages.GroupBy(message => message.MessageId).Where(post => post.MinBy(message => message.Revision)!.PostedAt >= since).SelectMany(post => post)];
    }

    private ChannelId? Find(string word) =>
        Channels().Where(channel => string.Equals(channel.Value.TrimStart('@'), word.TrimStart('@'), StringComparison.OrdinalIgnoreCase)).Select(channel => (ChannelId?)channel).FirstOrDefault();

    // The database answers on the calling thread; nothing is waited for.
    private IEnumerable<ChannelId> Channels() => history.ChannelsAsync(MostChannels).GetAwaiter().GetResult().Where(channel => channel != ChannelId.ByHand);

    private sealed record Order(ChannelId Channel, int? Days, TimeSpan Delay, bool WithLimits);
}
