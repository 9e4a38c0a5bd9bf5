using TelegramTrader.Tests.Scenarios;

namespace TelegramTrader.Tests.Engine;

/// <summary>A data folder that is made anew counts its trades from one again, on an account that knows the orders of the former.</summary>
public sealed class AdoptionIdsTests
{
    [Fact]
    public void Adopt_TheFirstTradeOfTwoFolders_HasIdsOfItsOwnInEach()
    {
        var (before, after) = (Adopt("10s"), Adopt("9m"));
        Assert.StartsWith("adopted/", before.FillId, StringComparison.Ordinal);
        Assert.NotEqual(before.FillId, after.FillId);
        Assert.Empty(before.Orders.Intersect(after.Orders));
    }

    [Fact]
    public void Adopt_TheSameEventsAgain_HasTheSameIds()
    {
        var (first, again) = (Adopt("10s"), Adopt("10s"));
        Assert.Equal(first.FillId, again.FillId);
        Assert.Equal(first.Orders, again.Orders);
    }

    private static (string FillId, string[] Orders) Adopt(string after)
    {
        var desk = new ScenarioDesk();
        foreach (var line in new[]
        {
            "begin", "report wallet 10000 | position BTC long 2 @ 990", $"+{after} time", "report wallet 10000 | position BTC long 2 @ 990", "quote 1000", "command c1 admin adopt 1",
            "+5s quote 1000", "report wallet 10000 | position BTC long 2 @ 990",
        })
            desk.Do(line);
        var fill = Assert.Single(desk.Engine.Changes.Fills).Fill;
        return (fill.FillId, [.. desk.Engine.State.Orders.Keys.Select(id => id.Value)]);
    }
}
