using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Judgement;

public sealed class PlanChangeTests
{
    private static readonly ChannelId Alpha = new("@alpha");

    /// <summary>20 units at 100, stop 95, targets 105 and 110: 105 is reached, then the price falls to 94.</summary>
    private static PostStory Story => new PostStory().Still(100m, 2).Bar(100m, 106m, 100m, 105m).Bar(105m, 105m, 94m, 94m).Still(94m).Long(1.5, 1, 95m, 110m, 105m);

    [Theory]
    // As it is: 10 at 105, 10 at the entry.
    [InlineData(null, null, null, 50)]
    // All 20 at the nearest target, wherever it stands in the post.
    [InlineData(1, null, null, 100)]
    // Without breakeven the rest goes at 95: 50 − 50.
    [InlineData(null, 0, null, 0)]
    // Half the risk is half the size.
    [InlineData(null, null, 0.005, 25)]
    [InlineData(1, null, 0.005, 50)]
    public void For_AChannel_ChangesWhatItsSignalsCameTo(int? targets, int? breakeven, double? risk, int net)
    {
        var change = new PlanChange(targets, breakeven, (decimal?)risk);

        Assert.Equal(net, Story.Only(order => order with { Settings = change.For(Alpha, order.Settings) }).Net);
        Assert.Equal(50m, Story.Only(order => order with { Settings = change.For(new ChannelId("@other"), order.Settings) }).Net);
    }

    [Fact]
    public void Of_TwoRuns_ComparesSignalBySignalOfTheChannelOnly()
    {
        var present = Story.Run();
        var changed = Story.Run(order => order with { Settings = new PlanChange(Targets: 1).For(Alpha, order.Settings) });

        var comparison = PlanComparison.Of(Alpha, present, changed);
        Assert.Equal((50m, 100m, 50m), (Assert.Single(comparison.Signals).Present!.Net, comparison.Signals[0].Changed!.Net, comparison.Difference));
        Assert.Empty(PlanComparison.Of(new ChannelId("@other"), present, changed).Signals);
    }
}
