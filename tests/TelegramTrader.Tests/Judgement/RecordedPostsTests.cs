using System.Text.Json;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Judgement;

/// <summary>What must hold of every backtest of posts, shown on recordings with real prices.</summary>
public sealed class RecordedPostsTests
{
    private static readonly RecordedMarket Demo = RecordingFolder.Load(RunningBot.DemoRecording);

    [Fact]
    public async Task Outcomes_AreWhatThePaperRunMadeOfTheSamePosts_ToTheLastDigit()
    {
        using var folder = new TemporaryFolder();
        await using (var bot = await RunningBot.StartAsync(RunningBot.Settings(null, RunningBot.ShortRecording), folder.Path))
            await bot.FinishAsync();
        using var data = DataFolder.Open(folder.Path);
        var paper = (await new TradeQueries(data).RecentTradesAsync(1000, finishedOnly: true)).Where(trade => trade.Closed.Count > 0).OrderBy(trade => trade.Number).ToArray();

        var result = Run(Order(RecordingFolder.Load(RunningBot.ShortRecording)));

        Assert.True(paper.Length > 5, $"{paper.Length} trades are no run");
        Assert.Equal(
            paper.Select(trade => (trade.Signal.Id, trade.Net.Amount, trade.RMultiple, trade.Closed.Sum(part => part.Fees.Amount), (Instant?)trade.Closed[^1].ClosedAt)),
            result.Outcomes.Where(outcome => outcome.End == SignalEnd.Closed).Select(outcome => (outcome.Id, outcome.Net, outcome.RMultiple, outcome.Fees, outcome.ClosedAt)));
    }

    [Fact]
    public void Run_Twice_IsTheSame()
    {
        var order = Order(Demo);
        Assert.Equal(Written(Run(order)), Written(Run(order)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void QuietTimesPassedOver_ChangeNothing(ulong seed)
    {
        // Few posts, so that there are quiet times; candles that are missing; sometimes only a part of the symbols.
        var numbers = new SeededNumbers(seed);
        var messages = Demo.Messages.Where(_ => numbers.Chance(12)).ToArray();
        var symbols = Demo.Instruments.Select(instrument => instrument.Symbol).Where(_ => numbers.Chance(80)).ToHashSet();
        var candles = Demo.OpenTimes.SelectMany(Demo.CandlesAt).Where(entry => symbols.Contains(entry.Symbol) && !numbers.Chance(3)).ToArray();
        var order = Order(Demo) with { Messages = messages, Candles = new RecordedCandles(candles), Delay = TimeSpan.FromSeconds(numbers.Next(0, 100)), WithLimits = !numbers.Chance(25) };

        var passed = Run(order);

        Assert.Contains(passed.Outcomes, outcome => outcome.OpenedAt is not null);
        var walked = Run(order with { PassesQuietTimes = false });
        Assert.Equal(JsonSerializer.Serialize(walked.Outcomes), JsonSerializer.Serialize(passed.Outcomes));
        Assert.Equal(walked.Claims.Select(claim => claim with { Number = 0 }), passed.Claims.Select(claim => claim with { Number = 0 }));
        Assert.Equal((walked.FinalEquity, walked.DeepestDrawdown, walked.Posts, walked.SameCandleConflicts), (passed.FinalEquity, passed.DeepestDrawdown, passed.Posts, passed.SameCandleConflicts));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(50)]
    [InlineData(97)]
    public void FutureCutOff_WhatEndedBeforeStaysAsItWas(int hours)
    {
        var cut = Demo.OpenTimes[0] + TimeSpan.FromHours(hours);
        var order = Order(Demo);
        var whole = Run(order);
        var known = Run(order with { Candles = new RecordedCandles(Demo.OpenTimes.Where(time => time < cut).SelectMany(Demo.CandlesAt)), Funding = [.. Demo.Funding.Where(rate => rate.Time < cut)] });

        var ended = whole.Outcomes.Where(outcome => (outcome.ClosedAt ?? outcome.ActedAt) < cut && (outcome.End is SignalEnd.Denied || outcome.ClosedAt < cut)).ToArray();
        Assert.True(ended.Length > 5, $"{ended.Length} signals ended before the cut");
        Assert.Equal(ended.Select(outcome => JsonSerializer.Serialize(outcome)), known.Outcomes.Where(outcome => ended.Any(one => one.Id == outcome.Id)).Select(outcome => JsonSerializer.Serialize(outcome)));
    }

    [Fact]
    public void EachAlone_NoSignalTakesAnothersPlace()
    {
        var result = Run(Order(Demo) with { WithLimits = false });

        Assert.DoesNotContain(result.Outcomes, outcome => outcome.Reason is "duplicate-signal" or "positions-per-symbol" or "positions-at-once" or "opposite-position" or "daily-loss");
        Assert.Equal(Run(Order(Demo)).Outcomes.Select(outcome => (outcome.Channel, outcome.MessageId)).OrderBy(key => key.Channel.Value, StringComparer.Ordinal).ThenBy(key => key.MessageId), result.Outcomes.Select(outcome => (outcome.Channel, outcome.MessageId)).OrderBy(key => key.Channel.Value, StringComparer.Ordinal).ThenBy(key => key.MessageId));
    }

    private static PostBacktestOrder Order(RecordedMarket market) => new()
    {
        Messages = market.Messages,
        Instruments = market.Instruments,
        Candles = market.Candles,
        Funding = market.Funding,
        Settings = new EngineSettings { Account = new AccountId("paper") },
    };

    private static PostBacktestResult Run(PostBacktestOrder order) => new PostBacktest(new SignalParser()).Run(order);

    private static string Written(PostBacktestResult result) => JsonSerializer.Serialize((result.Outcomes, result.Equity, result.Claims, result.FinalEquity), new JsonSerializerOptions { IncludeFields = true });
}
