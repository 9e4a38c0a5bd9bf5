using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Scenarios;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

public sealed class ClockResetTests
{
    /// <summary>The clock of a machine that was started with the time of another zone.</summary>
    [Fact]
    public void Reset_AStopWasRefusedWhileTheClockWasHoursAhead_IsTriedAgainNow()
    {
        var engine = AfterARefusalHoursAhead();
        var now = Some.Time + TimeSpan.FromMinutes(1);

        Assert.True(ClockReset.To(engine.State, now) > TimeSpan.FromHours(7));
        engine.Handle(new EngineEvent.TimePassed { At = now + TimeSpan.FromSeconds(2) });

        Assert.Contains(engine.Outputs, output => output is EngineOutput.Place { Order.Intent.Purpose: OrderPurpose.Stop });
    }

    [Fact]
    public void Reset_TheClockWasPutRightBySeconds_ChangesNothing()
    {
        var engine = AfterARefusalHoursAhead();
        var before = engine.State.Now;

        Assert.Null(ClockReset.To(engine.State, before - TimeSpan.FromSeconds(59)));
        Assert.Equal(before, engine.State.Now);
    }

    private static TradingEngine AfterARefusalHoursAhead()
    {
        var desk = new ScenarioDesk();
        foreach (var line in new[] { "begin", "post 1 : signal long BTC market stop 980", "accept all", "+8h fill 1:e0-1 5 @ 1000", "reject 1:s-1 Maintenance" })
            desk.Do(line);
        return desk.Engine;
    }
}
