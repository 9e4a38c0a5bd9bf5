using System.Collections.Concurrent;
using System.Diagnostics;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>Kills the gateway at random points of a run and takes the time until everything is caught up again.</summary>
internal sealed class KillSchedule(LoadedBot bot, PostPlan plan)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<TimeSpan> _readyAt = [];

    public List<Outage> Outages { get; } = [];

    /// <param name="since">When the plan began, on the monotonic clock.</param>
    public async Task RunAsync(int kills, TimeSpan length, long since, int seed)
    {
        void OnReady() => _readyAt.Enqueue(Stopwatch.GetElapsedTime(since));
        var random = new Random(seed);
        var watching = new List<Task<Outage>>();
        bot.Account.Ready += OnReady;
        try
        {
            for (var number = 0; number < kills; number++)
            {
                // One somewhere in each part of the run, so that some come right after each other.
                var due = (number + random.NextDouble()) * length / kills;
                await bot.LookUntilAsync(() => Stopwatch.GetElapsedTime(since) >= due && bot.GatewayProcess is not null, Patience);
                var at = Stopwatch.GetElapsedTime(since);
                await bot.KillGatewayAsync(Patience);
                var ended = Stopwatch.GetElapsedTime(since);
                watching.Add(WatchAsync(at, ended, since));
            }

            Outages.AddRange(await Task.WhenAll(watching));
        }
        finally
        {
            bot.Account.Ready -= OnReady;
        }
    }

    private async Task<Outage> WatchAsync(TimeSpan killedAt, TimeSpan endedAt, long since)
    {
        var readyAt = TimeSpan.Zero;
        await bot.LookUntilAsync(() => (readyAt = _readyAt.FirstOrDefault(at => at > endedAt)) != TimeSpan.Zero, Patience);
        var latest = plan.Changes.Where(change => change.At < readyAt).GroupBy(change => change.Channel).ToDictionary(group => group.Key, group => LatestThatStays(group));
        await bot.LookUntilAsync(() => bot.Channels.All(channel => channel.ConfirmedId >= latest.GetValueOrDefault(channel.Channel)), Patience);
        return new Outage(killedAt, readyAt, Stopwatch.GetElapsedTime(since));
    }

    private static long LatestThatStays(IEnumerable<PlannedChange> changes) =>
        changes.GroupBy(change => change.MessageId).Where(post => post.All(change => change.Change != MessageChange.Deleted)).Select(post => post.Key).DefaultIfEmpty(0).Max();
}
