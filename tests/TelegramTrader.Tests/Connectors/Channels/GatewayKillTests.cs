using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Benchmarks.ChannelLoad;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Connectors.Channels;

/// <summary>
/// The load run in small: a plan of posts, edits and deletions that happens step by step behind the protocol of a gateway process, which is killed twice. The next step comes
/// when the one before was decided, however long that takes.
/// </summary>
public sealed class GatewayKillTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly int[] KilledBeforeStep = [3, 6];

    [NodeFact]
    public async Task Kills_OfTheGateway_LoseNothingAndRepeatNothing()
    {
        using var folder = new TemporaryFolder();
        var plan = PostPlan.Make(channels: 4, changesASecond: 8, length: Step * 9, seed: 5);
        // Within a step no post changes twice: what happens while nobody is connected stays visible until somebody is.
        Assert.True(PostPlan.ShortestLife > Step);
        var truth = new TelegramTruth(folder.FileAt("telegram"), plan);
        var start = Instant.From(TimeProvider.System.GetUtcNow());
        truth.MoveTo(start, 0);
        var orders = 0;
        await using (var bot = new LoadedBot(
            folder.FileAt("data"), truth, plan, new GatewayOptions { Restarts = new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)) }, TimeProvider.System, NullLoggerFactory.Instance))
        {
            await bot.StartAsync(GatewayStage.Patience);
            for (var step = 1; step <= 9; step++)
            {
                if (KilledBeforeStep.Contains(step))
                    await bot.KillGatewayAsync(GatewayStage.Patience);
                var happened = plan.Changes.TakeWhile(change => change.At < Step * step).ToArray();
                truth.MoveTo(start, happened.Length);
                await bot.MoveAsync(GatewayStage.Patience);
                await bot.LookUntilAsync(() => happened.All(change => bot.Decided.At(change) is not null), GatewayStage.Patience);
            }

            Assert.Empty(bot.Orders.SentTwice);
            orders = bot.Orders.Sent;
        }

        using var check = LoadCheck.Of(folder.FileAt("data"), plan.Changes, []);
        Assert.Empty(check.Faults);
        Assert.Equal((0, plan.Changes.Count), (check.Hidden, check.Stored));
        // A plan without edits, deletions or trades would show little.
        Assert.True(orders > 0);
        Assert.Contains(plan.Changes, change => change.Change == Core.Signals.MessageChange.Edited);
        Assert.Contains(plan.Changes, change => change.Change == Core.Signals.MessageChange.Deleted);
    }
}
