using TelegramTrader.Connectors.Storage.Results;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Queries;

/// <summary>Which trades and decisions are meant. An empty channel, symbol or pair stands for all.</summary>
/// <param name="Account">The account of the trades; decisions have none.</param>
/// <param name="Since">Included; null for the beginning.</param>
/// <param name="Until">Not included; null for the end.</param>
/// <param name="Pair">The symbol as posts write it: decisions that never got as far as a symbol have only this.</param>
internal sealed record StatisticsScope(string Account, Instant? Since, Instant? Until, string Channel, string Symbol, string Pair)
{
    public bool IsAllTime => Since is null && Until is null;

    /// <summary>What lies before the first whole month, the whole months, and what lies after the last; null for a part that is empty.</summary>
    public (StatisticsScope? Before, StatisticsScope? Months, StatisticsScope? After) Split()
    {
        var first = Since is { } since ? Months.NotBefore(since) : (Instant?)null;
        var end = Until is { } until ? Months.Of(until) : (Instant?)null;
        if (first >= end)
            return (this, null, null);
        return (
            first == Since ? null : this with { Until = first },
            this with { Since = first, Until = end },
            end == Until ? null : this with { Since = end });
    }
}
