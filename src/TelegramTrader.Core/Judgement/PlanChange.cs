using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Judgement;

/// <summary>Another exit plan or risk for the signals of one channel; what is null stays as it is. What a post says itself of breakeven and risk comes first, as live.</summary>
/// <param name="Targets">Only the nearest so many targets of each signal, 1 or more; the last of them takes the rest.</param>
/// <param name="BreakevenAfterTarget">The stop goes to the entry after this target; 0 for never.</param>
/// <param name="RiskPerTrade">What a trade may lose between entry and stop, as a fraction of the equity.</param>
public sealed record PlanChange(int? Targets = null, int? BreakevenAfterTarget = null, decimal? RiskPerTrade = null)
{
    public bool IsNone => this == new PlanChange();

    /// <summary>The settings with the change for one channel.</summary>
    public EngineSettings For(ChannelId channel, EngineSettings settings)
    {
        var own = settings.ChannelOf(channel);
        return settings with
        {
            Channels = new Dictionary<ChannelId, ChannelSettings>(settings.Channels)
            {
                [channel] = own with
                {
                    TargetsUsed = Targets ?? own.TargetsUsed,
                    BreakevenAfterTarget = BreakevenAfterTarget ?? own.BreakevenAfterTarget,
                    RiskPerTrade = RiskPerTrade ?? own.RiskPerTrade,
                },
            },
        };
    }
}
