using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// For books that end ahead of the clock, because it was wrong for a while and has been put right. The engine's time never goes back, so until the clock is there again nothing that waits
/// for time would happen: no stop that was refused would be tried again. Only at a start, before the first event.
/// </summary>
public static class ClockReset
{
    /// <summary>Clocks are put right by less all the time.</summary>
    public static readonly TimeSpan Negligible = TimeSpan.FromMinutes(1);

    /// <returns>By how much the books were ahead; null when that was nothing to speak of, and nothing was changed.</returns>
    public static TimeSpan? To(EngineState state, Instant now)
    {
        var ahead = state.Now - now;
        if (ahead <= Negligible)
            return null;
        state.Now = now;
        foreach (var trade in state.Trades.Values.ToArray())
            state.Put(trade with
            {
                RetryStopAt = NotAfter(trade.RetryStopAt),
                RetryTargetsAt = NotAfter(trade.RetryTargetsAt),
                UnprotectedSince = NotAfter(trade.UnprotectedSince),
                NothingToReduceSince = NotAfter(trade.NothingToReduceSince),
                Exit = trade.Exit is { } exit ? exit with { NotBefore = NotAfter(exit.NotBefore) } : null,
            });
        foreach (var order in state.Orders.Values.ToArray())
            state.Put(order with
            {
                CreatedAt = NotAfter(order.CreatedAt)!.Value,
                ChangedAt = NotAfter(order.ChangedAt)!.Value,
                State = order.State is OrderState.Unknown unknown ? unknown with { Since = NotAfter(unknown.Since)!.Value } : order.State,
            });
        return ahead;

        Instant? NotAfter(Instant? at) => at > now ? now : at;
    }
}
