using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Settings;

namespace TelegramTrader.Backtests;

/// <param name="After">Only posts that came after this moment; null for all.</param>
public sealed record WhatIfOrder(ChannelId Channel, PlanChange Change, Instant? After = null);

/// <param name="BookedTrades">How many trades of the channel have ended in the books, of the posts that were looked at.</param>
/// <param name="BookedNet">What they came to.</param>
/// <param name="IsHistory">Nothing of the channel was received by the bot: its imported posts were taken, alone.</param>
public sealed record WhatIfResult(WhatIfOrder Order, PlanComparison Comparison, int BookedTrades, decimal BookedNet, bool IsHistory, PriceHistory Prices)
{
    /// <summary>The present plan makes the trades that are in the books, to the cent.</summary>
    public bool AgreesWithTheBooks
    {
        get
        {
            var ended = Comparison.Present.Where(outcome => outcome.End == SignalEnd.Closed).ToArray();
            return ended.Length == BookedTrades && Math.Abs(ended.Sum(outcome => outcome.Net) - BookedNet) < 0.005m;
        }
    }
}

/// <summary>
/// The stored posts of a channel under another plan, beside the present one. All posts that the bot received go through the engine again, since channels share an account and its limits;
/// only the one channel is traded differently.
/// </summary>
public sealed class WhatIf(AppSettings settings, ISignalParser parser, ChannelHistory posts, TradeQueries trades)
{
    /// <summary>Versions of posts that are looked at, the latest.</summary>
    public const int MostVersions = 20_000;

    private const int MostBookedTrades = 100_000;

    /// <param name="order">What is asked.</param>
    /// <param name="taught">What was taught of channels.</param>
    /// <param name="progress">From 0 to 1.</param>
    /// <param name="cancellation">Looked at after every candle.</param>
    /// <exception cref="PriceSourceException">There are no prices that could be used.</exception>
    public async Task<WhatIfResult> RunAsync(WhatIfOrder order, IReadOnlyList<TaughtRule> taught, IProgress<double>? progress, CancellationToken cancellation)
    {
        var (messages, isHistory) = Chosen(await posts.AllVersionsAsync(MostVersions, cancellation), order);
        var present = Present(order.Channel, taught, messages, isHistory);
        var backtest = new ChannelBacktest(parser);
        var before = backtest.Run(present, new Half(progress, 0), cancellation);
        var after = order.Change.IsNone ? before : backtest.Run(present with { Settings = order.Change.For(order.Channel, present.Settings) }, new Half(progress, 0.5), cancellation);
        var looked = messages.Select(message => (message.Channel, message.MessageId)).ToHashSet();
        var booked = (await trades.RecentTradesAsync(MostBookedTrades, finishedOnly: true, cancellation))
            .Where(trade => trade.Signal.Channel == order.Channel && trade.Closed.Count > 0 && looked.Contains((trade.Signal.Channel, trade.Signal.MessageId))).ToArray();
        return new WhatIfResult(order, PlanComparison.Of(order.Channel, before.Result, after.Result), booked.Length, booked.Sum(trade => trade.Net.Amount), isHistory, before.Prices);
    }

    /// <summary>What was received, of all channels. Of a channel of which nothing was received, its imported posts, each when it was written.</summary>
    private static (IReadOnlyList<ChannelMessage> Messages, bool IsHistory) Chosen(IReadOnlyList<(ChannelMessage Message, bool IsHistory)> all, WhatIfOrder order)
    {
        var received = all.Where(post => !post.IsHistory).Select(post => post.Message).ToArray();
        var isHistory = received.All(message => message.Channel != order.Channel);
        var messages = isHistory
            ? all.Where(post => post.IsHistory && post.Message.Channel == order.Channel).Select(post => post.Message with { ReceivedAt = post.Message.PostedAt }).ToArray()
            : received;
        if (order.After is not { } after)
            return (messages, isHistory);
        // A post counts as later by its first version that was seen.
        var later = messages.GroupBy(message => (message.Channel, message.MessageId)).Where(post => post.MinBy(message => message.Revision)!.ReceivedAt > after).Select(post => post.Key).ToHashSet();
        return ([.. messages.Where(message => later.Contains((message.Channel, message.MessageId)))], isHistory);
    }

    private ChannelBacktestOrder Present(ChannelId channel, IReadOnlyList<TaughtRule> taught, IReadOnlyList<ChannelMessage> messages, bool isHistory)
    {
        var trading = settings.Trading with { Account = Modes.AccountOf(settings) };
        var channels = new Dictionary<ChannelId, ChannelSettings>(trading.Channels);
        foreach (var rule in taught)
            channels[rule.Channel] = channels.GetValueOrDefault(rule.Channel, ChannelSettings.None).With(rule.Rule);
        // Posts of a channel that is only followed have no place in the books, and are worth a question all the same.
        channels[channel] = channels.GetValueOrDefault(channel, ChannelSettings.None) with { IsTraded = true };
        return new ChannelBacktestOrder
        {
            Messages = messages,
            Prices = Prices(trading),
            Settings = trading with { Channels = channels },
            Simulation = settings.Simulation,
            WithLimits = !isHistory,
            JudgesAll = false,
        };
    }

    private IPriceSource Prices(EngineSettings trading) => settings.Market.Source == MarketSource.Recorded
        ? new PriceFiles([settings.Market.RecordingPath], [], [], trading.QuoteAliases)
        : new StoredPrices(settings.Storage.Directory, settings.Exchange.Name, Timeframe.OneMinute, []);

    private sealed class Half(IProgress<double>? whole, double from) : IProgress<double>
    {
        public void Report(double value) => whole?.Report(from + value / 2);
    }
}
