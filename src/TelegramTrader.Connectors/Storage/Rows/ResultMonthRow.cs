using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>
/// The results of all trades that ended in one month (UTC), kept up to date in the commit that ends a trade: statistics over years read a few of these
/// and not a million trades. An empty <see cref="Channel"/> or <see cref="Symbol"/> stands for all of them.
/// </summary>
public sealed class ResultMonthRow
{
    /// <summary>Accounts are never added up: paper is not money.</summary>
    public required string Account { get; set; }

    /// <summary>The first moment of the month, or the epoch for all months together.</summary>
    public required Instant Month { get; set; }

    public required string Channel { get; set; }

    public required string Symbol { get; set; }

    public required string Asset { get; set; }

    /// <summary>The trade that ended last; one that ended before it can't simply be added behind it.</summary>
    public required Instant LastEndedAt { get; set; }

    public required int LastNumber { get; set; }

    /// <summary>The <see cref="Results.ResultTally"/>.</summary>
    public required string Tally { get; set; }
}
