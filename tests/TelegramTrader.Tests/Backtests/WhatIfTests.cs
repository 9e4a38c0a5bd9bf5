using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Backtests;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Backtests;

public sealed class WhatIfTests
{
    [Fact]
    public async Task PresentPlan_MakesThePaperTradesAgain_ToTheCent()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(null, RunningBot.ShortRecording));
        await bot.FinishAsync();
        var whatIf = bot.Services.GetRequiredService<WhatIf>();
        var paper = (await bot.Services.GetRequiredService<TradeQueries>().RecentTradesAsync(1000, finishedOnly: true)).Where(trade => trade.Closed.Count > 0).ToArray();
        Assert.True(paper.Length > 5, $"{paper.Length} trades are no run");

        foreach (var channel in paper.GroupBy(trade => trade.Signal.Channel))
        {
            var result = await whatIf.RunAsync(new WhatIfOrder(channel.Key, new PlanChange()), [], null, default);

            Assert.True(result.AgreesWithTheBooks);
            Assert.Equal(0m, result.Comparison.Difference);
            Assert.Equal((channel.Count(), channel.Sum(trade => trade.Net.Amount)), (result.BookedTrades, result.BookedNet));
            Assert.Equal(
                channel.Select(trade => (trade.Signal.Id, trade.Net.Amount)).OrderBy(trade => trade.Id.Value, StringComparer.Ordinal),
                result.Comparison.Present.Where(outcome => outcome.End == SignalEnd.Closed).Select(outcome => (outcome.Id, outcome.Net)).OrderBy(trade => trade.Id.Value, StringComparer.Ordinal));
        }

        // Half the risk loses and wins about half, trade by trade; steps of the quantity and the slippage leave a little.
        var busiest = paper.GroupBy(trade => trade.Signal.Channel).MaxBy(group => group.Count())!.Key;
        var halved = await whatIf.RunAsync(new WhatIfOrder(busiest, new PlanChange(RiskPerTrade: 0.005m)), [], null, default);
        Assert.All(halved.Comparison.Signals.Where(signal => signal is { Present.End: SignalEnd.Closed, Changed.End: SignalEnd.Closed }), signal => Assert.True(Math.Abs(signal.Changed!.Net) < Math.Abs(signal.Present!.Net)));
        Assert.True(halved.AgreesWithTheBooks);

        var cut = paper.Max(trade => trade.Signal.ReceivedAt);
        var later = await whatIf.RunAsync(new WhatIfOrder(busiest, new PlanChange(), cut), [], null, default);
        Assert.All(later.Comparison.Signals, signal => Assert.True(signal.Either.ActedAt > cut));
    }

    [Fact]
    public async Task Command_AsksFreezesAndShows()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(null, RunningBot.ShortRecording));
        await bot.FinishAsync();
        var chat = bot.Services.GetRequiredService<ChatDesk>();
        var channel = (await bot.Services.GetRequiredService<TradeQueries>().RecentTradesAsync(1, finishedOnly: true))[0].Signal.Channel.Value;

        Assert.Contains("Posts of these channels are stored: @", await AskAsync("/whatif"), StringComparison.Ordinal);
        Assert.Contains("Of 'nobody' no posts are stored", await AskAsync("/whatif nobody tp=1"), StringComparison.Ordinal);
        Assert.Contains("'tp=0' is not understood: tp is 1 to 20", await AskAsync($"/whatif {channel} tp=0"), StringComparison.Ordinal);
        Assert.Contains("needs the role admin", await AskAsync($"/whatif {channel} tp=1 freeze", Role.Trader), StringComparison.Ordinal);
        Assert.Contains($"No plan of {channel} is frozen", await AskAsync($"/whatif {channel}"), StringComparison.Ordinal);
        Assert.Contains("nearest 1 target only, risk 0.5 % a trade", await AskAsync($"/whatif {channel} tp=1 risk=0.5 freeze"), StringComparison.Ordinal);

        var compared = await AnsweredAsync($"/whatif {channel.ToUpperInvariant()} tp=1 be=0");
        Assert.Contains($"{channel}: nearest 1 target only, the stop stays until the channel moves it", compared, StringComparison.Ordinal);
        Assert.Contains("comes to what is in the books", compared, StringComparison.Ordinal);
        Assert.Contains("no later signal yet", await AnsweredAsync($"/whatif {channel}"), StringComparison.Ordinal);

        async Task<string> AnsweredAsync(string line)
        {
            for (var tries = 0; tries < 200; tries++)
                if (await AskAsync(line) is var answer && !answer.Contains("Being worked out", StringComparison.Ordinal))
                    return answer;
            throw new TimeoutException("There was no answer.");
        }

        async Task<string> AskAsync(string line, Role role = Role.Admin)
        {
            var answer = await chat.AnswerAsync(line, new ChatRequest("test", new ChatUser("terminal", "Ann", role), [], "", Instant.Epoch, Instant.Epoch, false, null), default);
            return string.Join('\n', answer.Rows.Select(row => row.PlainText));
        }
    }

    [Fact]
    public void FrozenPlan_KeepsItsFirstMoment_OverARestart()
    {
        using var folder = new TemporaryFolder();
        var (channel, change) = (new ChannelId("@alpha"), new PlanChange(1, 0, 0.005m));
        using (var data = DataFolder.Open(folder.Path))
            Assert.Equal(Some.Time, new FrozenPlans(new KeyValueStore(data)).Freeze(channel, change, Some.Time, "Ann")!.FrozenAt);
        using var again = DataFolder.Open(folder.Path);
        var plans = new FrozenPlans(new KeyValueStore(again));

        Assert.Equal(Some.Time, plans.Freeze(channel, change, Some.Time + TimeSpan.FromDays(9), "Bob")!.FrozenAt);
        Assert.Equal([new FrozenPlan(channel, change, Some.Time, "Ann")], plans.Of(channel));
        for (var number = 2; number <= FrozenPlans.Most; number++)
            Assert.NotNull(plans.Freeze(channel, new PlanChange(number), Some.Time, "Ann"));
        Assert.Null(plans.Freeze(channel, new PlanChange(19), Some.Time, "Ann"));
        Assert.NotNull(plans.Freeze(new ChannelId("@beta"), change, Some.Time, "Ann"));
    }
}
