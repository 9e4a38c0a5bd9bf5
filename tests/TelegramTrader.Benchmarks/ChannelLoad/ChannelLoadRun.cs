using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>Many channels at once through the whole way from the gateway's process to the engine's decision, and at the end everything that was posted compared with everything that was stored.</summary>
internal static class ChannelLoadRun
{
    private const int Seed = 20261121;
    private const int MemorySamples = 13;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>0 when all was stored and decided once and memory stayed flat; 1 when not; 2 for arguments that can't be used.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (LoadArguments.Read(arguments) is not { } wanted)
            return 2;
        var directory = Directory.CreateTempSubdirectory("telegramtrader-load-").FullName;
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(new ErrorLines()).SetMinimumLevel(LogLevel.Error));
        try
        {
            return await RunAsync(wanted, directory, logs);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<int> RunAsync(LoadArguments wanted, string directory, ILoggerFactory logs)
    {
        var length = TimeSpan.FromSeconds(wanted.Seconds);
        var plan = PostPlan.Make(wanted.Channels, wanted.Rate, length, Seed);
        var truth = new TelegramTruth(Path.Combine(directory, "telegram"), plan);
        var data = Path.Combine(directory, "data");
        var memory = new MemorySeries();
        var lags = new List<double>(plan.Changes.Count);
        int sent;
        int sentTwice;
        TimeSpan took;
        List<Outage> outages;
        // Killed so often, a gateway that ran for a second ran well; otherwise the waits between starts would double up to a minute.
        await using (var bot = new LoadedBot(data, truth, plan, new GatewayOptions { GoodRun = TimeSpan.FromSeconds(1) }, TimeProvider.System, logs))
        {
            await bot.StartAsync(Patience);
            var start = Instant.From(TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1));
            var since = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
            truth.Begin(start);
            await bot.MoveAsync(Patience);
            var kills = new KillSchedule(bot, plan);
            var killing = kills.RunAsync(wanted.Kills, length, since, Seed);
            for (var sample = 0; sample < MemorySamples; sample++)
            {
                var due = length * sample / (MemorySamples - 1);
                await bot.LookUntilAsync(() => Stopwatch.GetElapsedTime(since) >= due, length + Patience);
                memory.Take(Stopwatch.GetElapsedTime(since), bot.Decided.Count);
            }

            await killing;
            outages = kills.Outages;
            await SettleAsync(bot);
            took = Stopwatch.GetElapsedTime(since) - Quiet;
            foreach (var change in plan.Changes)
                if (bot.Decided.At(change) is { } at)
                    lags.Add((at - (start + change.At).ToDateTimeOffset()).TotalMilliseconds);
            Console.WriteLine($"the engine remembers {await bot.RememberedAsync()}");
            (sent, sentTwice) = (bot.Orders.Sent, bot.Orders.SentTwice.Count);
        }

        using var check = LoadCheck.Of(data, plan.Changes, outages);
        return Report(plan, check, memory, lags, took, outages, sent, sentTwice);
    }

    /// <summary>Until nothing more comes: what is missing then is the check's to tell.</summary>
    private static async Task SettleAsync(LoadedBot bot)
    {
        var (count, since) = (-1, Stopwatch.GetTimestamp());
        await bot.LookUntilAsync(
            () =>
            {
                if (bot.Decided.Count != count)
                    (count, since) = (bot.Decided.Count, Stopwatch.GetTimestamp());
                return Stopwatch.GetElapsedTime(since) >= Quiet;
            },
            Patience);
    }

    private static int Report(PostPlan plan, LoadCheck check, MemorySeries memory, List<double> lags, TimeSpan took, List<Outage> outages, int sent, int sentTwice)
    {
        var sorted = lags.Order().ToArray();
        double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        var (bytesAPost, workingSetGrowth) = memory.Growth();
        Say($"posts and versions {plan.Changes.Count} in {plan.Channels.Count} channels, stored {check.Stored}, replaced while nobody was connected {check.Hidden}");
        Say($"sustained {check.Stored / took.TotalSeconds:0} a second over {took.TotalSeconds:0.0} s; decisions {check.Decisions}, orders {check.Orders}, sent {sent}");
        Say($"from post to decision: median {At(0.5):0.0} ms, 99th percentile {At(0.99):0.0} ms, worst {sorted[^1]:0.0} ms");
        Say($"memory, managed/working set in MB: {memory}");
        Say($"second half against first: managed {bytesAPost:+0;-0} bytes a post (limit {MemorySeries.MostBytesAPost:0}), working set {workingSetGrowth / 1e6:+0;-0} MB");
        if (outages.Count > 0)
        {
            var ready = outages.Select(outage => (outage.ReadyAt - outage.KilledAt).TotalSeconds).Order().ToArray();
            var caughtUp = outages.Select(outage => (outage.CaughtUpAt - outage.KilledAt).TotalSeconds).Order().ToArray();
            Say($"kills {outages.Count}; logged in again after {ready[0]:0.00} to {ready[^1]:0.00} s (median {ready[ready.Length / 2]:0.00}), caught up after {caughtUp[0]:0.00} to {caughtUp[^1]:0.00} s (median {caughtUp[caughtUp.Length / 2]:0.00})");
        }

        var faults = check.Faults.ToList();
        if (sentTwice > 0)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{sentTwice} orders were sent twice under the same client order id"));
        if (bytesAPost > MemorySeries.MostBytesAPost)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the managed heap grew by {bytesAPost:0} bytes a post; the limit is {MemorySeries.MostBytesAPost:0}"));
        foreach (var fault in faults)
            Console.Error.WriteLine(fault);
        Console.WriteLine(faults.Count == 0 ? "all is well" : "NOT as it must be");
        return faults.Count == 0 ? 0 : 1;
    }

    private static void Say(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
