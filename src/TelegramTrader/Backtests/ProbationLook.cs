using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Settings;
using TelegramTrader.Trading;

namespace TelegramTrader.Backtests;

/// <summary>
/// Looks whether the results of a channel put it on probation, or let it off, and tells the engine. Judged are the stored posts over the stored candles, each signal alone: so it does not matter whether
/// they were traded. One look at a time.
/// </summary>
public sealed class ProbationLook(TradingDesk desk, ChannelHistory history, AppSettings settings, ISignalParser parser) : IDisposable
{
    /// <summary>Older posts say little of what a channel is worth today.</summary>
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(365);

    private const int MostChannels = 1_000;

    // Of the lowest priority: it may take long, and whatever trades or answers goes before it.
    private readonly WorkThreads _thread = new(1);

    /// <summary>Why the latest look left channels out, one sentence each; empty when it left out none.</summary>
    public IReadOnlyList<string> Trouble { get; private set; } = [];

    public void Dispose() => _thread.Dispose();

    /// <returns>What has changed.</returns>
    public async Task<IReadOnlyList<(ChannelId Channel, ProbationChange Change)>> LookAsync(CancellationToken cancellation)
    {
        var (changes, trouble) = (new List<(ChannelId, ProbationChange)>(), new List<string>());
        foreach (var channel in (await history.ChannelsAsync(MostChannels, cancellation)).Where(channel => channel != ChannelId.ByHand))
        {
            try
            {
                if (await ChangeAsync(channel, cancellation) is { } change
                    && await desk.CommandAsync(new OperatorCommand.SetProbation(channel, change.OnProbation, change.Reason) { Id = $"probation-{channel}-{desk.Now.UnixMilliseconds}", By = "probation" }) is OperatorResult.Done)
                    changes.Add((channel, change));
            }
            catch (PriceSourceException exception)
            {
                trouble.Add($"{channel}: {exception.Message}");
            }
        }

        Trouble = trouble;
        return changes;
    }

    private async Task<ProbationChange?> ChangeAsync(ChannelId channel, CancellationToken cancellation)
    {
        var posts = await history.VersionsAsync(channel, desk.Now - LooksBack, cancellation);
        if (posts.Count == 0)
            return null;
        // What was taught of how the channel writes counts here as it does when its posts come.
        var (own, since) = await desk.ReadAsync(state => (state.ChannelOf(desk.Settings, channel), state.ProbationOf(channel)?.Since));
        var order = new ChannelBacktestOrder
        {
            Messages = posts,
            Prices = new StoredPrices(settings.Storage.Directory, settings.Exchange.Name, Timeframe.OneMinute, []),
            Settings = settings.Trading with { Channels = new Dictionary<ChannelId, ChannelSettings> { [channel] = own } },
            Simulation = settings.Simulation,
            WithLimits = false,
        };
        var ran = await Task.Factory.StartNew(() => new ChannelBacktest(parser).Run(order, progress: null, cancellation), cancellation, TaskCreationOptions.DenyChildAttach, _thread);
        return ProbationRule.Decide(ran.Result.Outcomes, since, settings.Probation, settings.Scorecards);
    }
}
