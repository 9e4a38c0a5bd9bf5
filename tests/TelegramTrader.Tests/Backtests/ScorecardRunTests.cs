using TelegramTrader.Backtests;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Judgement.Scorecards;

namespace TelegramTrader.Tests.Backtests;

public sealed class ScorecardRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Progress_OnlyRisesAndEndsAtOne()
    {
        var told = new List<double>();
        new ScorecardRun(new SignalParser()).Run(Order(), new Listener(told.Add));

        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
        Assert.True(told[0] < 0.5);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.92)]
    public void Cancelled_WhileItBacktestsAndWhileItJudges_ItStops(double at)
    {
        using var cancellation = new CancellationTokenSource();
        var last = 0.0;
        Assert.ThrowsAny<OperationCanceledException>(() => new ScorecardRun(new SignalParser()).Run(
            Order(),
            new Listener(share =>
            {
                last = share;
                if (share >= at)
                    cancellation.Cancel();
            }),
            cancellation.Token));
        Assert.InRange(last, at, 0.99);
    }

    [Fact]
    public void OtherDelays_LeaveOutTheDelayItselfAndWhatIsRepeated()
    {
        var result = new ScorecardRun(new SignalParser()).Run(Order() with { Delay = TimeSpan.FromSeconds(60), OtherDelays = [TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(240), TimeSpan.FromSeconds(240)] });

        var cost = Assert.Single(result.Ranking[0].Card.DelayCosts);
        Assert.Equal((TimeSpan.FromSeconds(240), TimeSpan.FromSeconds(60)), (cost.Delay, cost.Against));
    }

    private ScorecardOrder Order()
    {
        var file = _folder.FileAt("BTCUSDT-1m.csv");
        File.WriteAllText(file, PlantedMarket.CandleCsv());
        return new ScorecardOrder { Messages = PlantedMarket.Posts, Prices = new PriceFiles([file], [], [], new Dictionary<string, string>()) };
    }

    private sealed class Listener(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}
