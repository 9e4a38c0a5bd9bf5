using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Settings;

namespace TelegramTrader.Exchanges;

/// <summary>Why an exchange can't be traded live as things are set.</summary>
public static class LiveObstacle
{
    /// <returns>Null when it can be; else a clause that begins in the middle of a sentence.</returns>
    public static string? Of(ExchangeAccount account, ExchangeAbilities abilities, WatchedStopsPolicy watchedStops)
    {
        if (abilities.MissingForLive is { } missing)
            return missing;
        // The engine relies on stops that rest; it must never believe in one that can't be.
        if (account.HoldsStops)
            return abilities.HoldsStops ? null : "it can't hold stop orders";
        return watchedStops == WatchedStopsPolicy.Allow ? null
            : "it can't hold stop orders: the bot itself would watch every stop, and nothing would protect while it is down. The setting Trading:WatchedStops allow takes that on";
    }
}
