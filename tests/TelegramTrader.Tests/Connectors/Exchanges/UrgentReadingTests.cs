using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

/// <summary>What must be known soon, because a position may stand at the exchange without a stop.</summary>
public sealed class UrgentReadingTests
{
    /// <summary>What the exchange asks for when it refuses for too many requests. Long, because each step of the work lets some seconds go by here.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(300);

    [Fact]
    public async Task AskAccount_TheFirstAfterOpening_DoesNotWaitForThePauseOfReads()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Refuse("exchange.watchAccount", "rateLimited", mayHaveHappened: false, wait: Pause));
        await OpenedAsync(stage);

        var before = stage.Time.Elapsed;
        Assert.IsType<EngineEvent.AccountReported>(await stage.AskAsync());
        Assert.InRange(stage.Time.Elapsed - before, TimeSpan.Zero, Pause / 2);
        // Which can wait, and costs.
        Assert.Empty(stage.Gateway.CallsOf("exchange.fundingPayments"));

        // The next is one like any other.
        await stage.IdleAsync();
        before = stage.Time.Elapsed;
        stage.Gateway.Refuse("exchange.balance", "rateLimited", mayHaveHappened: false, wait: Pause);
        Assert.IsType<EngineEvent.AccountReported>(await stage.AskAsync());
        Assert.InRange(stage.Time.Elapsed - before, Pause, Pause * 2);
    }

    [Fact]
    public async Task AskAccount_AboutAnOrderOfUnknownOutcome_DoesNotWaitForThePauseOfReads()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", ScriptedExchangeGateway.NoAnswer));
        await OpenedAsync(stage);
        await stage.AskAsync();
        await stage.PlaceAsync(ExchangeStage.Entry());
        stage.Gateway.Refuse("exchange.balance", "rateLimited", mayHaveHappened: false, wait: Pause);
        stage.Gateway.Refuse("exchange.order", "orderNotFound", mayHaveHappened: false);

        var before = stage.Time.Elapsed;
        Assert.IsType<EngineEvent.AccountReported>(await stage.AskAsync(ExchangeStage.Entry().Id));
        Assert.InRange(stage.Time.Elapsed - before, TimeSpan.Zero, Pause / 2);
    }

    /// <summary>A reading is many questions: when each of them breaks now and then, nearly every reading would.</summary>
    [Fact]
    public async Task AskAccount_EveryQuestionBreaksTwice_IsReadInOneGo()
    {
        await using var stage = new ExchangeStage();
        await OpenedAsync(stage);
        foreach (var method in new[] { "exchange.balance", "exchange.positions" })
            for (var time = 0; time < 2; time++)
                stage.Gateway.Refuse(method, "network", mayHaveHappened: true);

        Assert.IsType<EngineEvent.AccountReported>(await stage.AskAsync());
        Assert.Equal((3, 3), (stage.Gateway.CallsOf("exchange.balance").Count, stage.Gateway.CallsOf("exchange.positions").Count));
        Assert.DoesNotContain(stage.Events, said => said is EngineEvent.AccountReportFailed);
    }

    [Fact]
    public async Task AskAccount_WhileTheGatewayIsDown_IsAnsweredWhenItIsBack()
    {
        await using var stage = new ExchangeStage();
        await OpenedAsync(stage);
        stage.Gateway.Die();

        stage.Exchange.AskAccount([]);
        using var life = new CancellationTokenSource();
        var living = stage.Gateway.LiveAsync(life.Token);
        await stage.IdleAsync();

        Assert.Single(stage.Events.OfType<EngineEvent.AccountReported>());
        Assert.DoesNotContain(stage.Events, said => said is EngineEvent.AccountReportFailed);
        await life.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => living);
    }

    [Fact]
    public async Task AskAccount_TheGatewayStaysDown_IsToldAsFailed()
    {
        await using var stage = new ExchangeStage();
        await OpenedAsync(stage);
        stage.Gateway.Die();
        for (var attempt = 0; attempt < new CcxtExchangeOptions().ReadAttempts; attempt++)
            stage.Gateway.Answer("exchange.balance", ScriptedExchangeGateway.Dead);

        Assert.IsType<EngineEvent.AccountReportFailed>(await stage.AskAsync());
    }

    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 30)]
    public async Task Follow_WhileTheExchangePushes_AnEntryIsStillLookedForEveryFiveSeconds(bool isEntry, int expected)
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", """{ "symbol": "BTC/USDT:USDT", "status": "open", "id": "77" }"""));
        await OpenedAsync(stage);
        stage.Gateway.Notify("exchange.accountFeed", """{ "account": "main", "what": "fills", "state": "started" }""");
        await stage.PlaceAsync(isEntry ? ExchangeStage.Entry() : ExchangeStage.Stop());
        var before = stage.Gateway.CallsOf("exchange.fills").Count;
        using var following = new CancellationTokenSource();
        var follow = stage.Exchange.FollowAsync(following.Token);

        // Its next timer is set when it has looked, so nothing of a look is missed before the next second.
        var seconds = 0;
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        while (stage.Gateway.CallsOf("exchange.fills").Count == before && seconds < 60)
        {
            stage.Time.Advance(TimeSpan.FromSeconds(1));
            seconds++;
            await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5 - seconds % 5));
        }

        Assert.Equal(expected, seconds);
        await following.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follow);
    }

    private static async Task OpenedAsync(ExchangeStage stage)
    {
        await stage.Session.FirstOpened.WaitAsync(ManualTimeProvider.Patience);
        await stage.IdleAsync();
    }
}
