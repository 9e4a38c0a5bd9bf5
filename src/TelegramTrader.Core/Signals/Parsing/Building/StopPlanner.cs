using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals.Parsing.Building;

internal static class StopPlanner
{
    private const decimal Hundred = 100m;

    /// <summary>The plan for a stop as read; missing when the post has none.</summary>
    public static StopPlan Plan(StopReading stop, decimal factor) => stop.Number switch
    {
        null => new StopPlan.Missing(),
        { IsPercent: true } number => new StopPlan.AtLoss(number.Value / Hundred),
        var number => new StopPlan.AtPrice(new Price(number.Value * factor), stop.OnCandleClose),
    };
}
