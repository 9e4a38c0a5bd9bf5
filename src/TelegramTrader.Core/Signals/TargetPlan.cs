using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals;

/// <summary>One target as the post gives it: one of a closed set. <see cref="Share"/> is the fraction of the position to close there, where the post says one.</summary>
public abstract record TargetPlan
{
    private TargetPlan(decimal? share) => Share = share;

    public decimal? Share { get; }

    public sealed record AtPrice(Price Price, decimal? PartToClose = null) : TargetPlan(PartToClose);

    /// <summary>A gain over the average entry, as a fraction of the price: 0.03 is three per cent. Never multiplied by leverage.</summary>
    public sealed record AtGain(decimal Fraction, decimal? PartToClose = null) : TargetPlan(PartToClose);

    /// <summary>"open", "moon": the rest runs on, and no number stands for it.</summary>
    public sealed record Runner(decimal? PartToClose = null) : TargetPlan(PartToClose);
}

/// <summary>The stop as the post gives it: one of a closed set.</summary>
public abstract record StopPlan
{
    private StopPlan()
    {
    }

    /// <param name="Price">Where the idea is wrong.</param>
    /// <param name="OnCandleClose">True when only a candle that closes beyond the price counts.</param>
    public sealed record AtPrice(Price Price, bool OnCandleClose = false) : StopPlan;

    /// <summary>A loss from the average entry, as a fraction of the price: 0.04 is four per cent.</summary>
    public sealed record AtLoss(decimal Fraction) : StopPlan;

    /// <summary>The post has none; the settings decide what then.</summary>
    public sealed record Missing : StopPlan;
}
