using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine.Claims;

/// <summary>
/// A signal, traded or not, with what the market has done since: which of its levels were touched, and how far the price has gone. What a channel claims later is held
/// against this. It is of the first text that was seen; no edit changes it.
/// Extremes move in steps of <see cref="Step"/>: each step is a change that is committed, so that a restart and a replay know the same.
/// </summary>
public sealed record WatchedSignal
{
    /// <summary>A quarter of a per cent of the price. A claimed gain is held against the extreme and one step more, so that what was not noted is never held against a channel.</summary>
    public const decimal Step = 0.0025m;

    /// <summary>How many are watched at once. The oldest go first; what is claimed of them can then no longer be checked.</summary>
    public const int MostAtOnce = 1000;

    /// <summary>The number of the decision.</summary>
    public required int Number { get; init; }

    public required ChannelId Channel { get; init; }

    public required long MessageId { get; init; }

    /// <summary>The base asset as the post means it, by which a later post names the signal.</summary>
    public required string Base { get; init; }

    public required TradeSide Side { get; init; }

    /// <summary>Where its prices are seen; null when they are seen nowhere.</summary>
    public Symbol? Symbol { get; init; }

    public required Instant PostedAt { get; init; }

    /// <summary>Since when its prices are looked at.</summary>
    public required Instant Since { get; init; }

    /// <summary>The highest leverage that the post names, at least 1; null when it names none.</summary>
    public decimal? Leverage { get; init; }

    /// <summary>Entries, targets and stop. Without an entry among them the entry is the market's price when the post came.</summary>
    public IReadOnlyList<WatchedLevel> Levels { get; init; } = [];

    /// <summary>The best entry price that was reached; null before the entry.</summary>
    public Price? Entry { get; init; }

    /// <summary>The highest price since the entry; null before.</summary>
    public Price? Highest { get; init; }

    /// <summary>The lowest price since the entry; null before.</summary>
    public Price? Lowest { get; init; }

    /// <summary>Why not every price since the post is known; null while every one is.</summary>
    public string? Gap { get; init; }

    /// <summary>The channel has moved the stop since; where to is not followed.</summary>
    public bool StopMoved { get; init; }

    /// <summary>What was claimed of it and checked.</summary>
    public IReadOnlyList<CheckedClaim> Claims { get; init; } = [];

    public IEnumerable<WatchedLevel> Of(LevelKind kind) => Levels.Where(level => level.Kind == kind);

    /// <summary>The same after the market was at a price; the very same object when that changes nothing.</summary>
    public WatchedSignal Seen(Price price, Instant at)
    {
        var levels = Levels.Select(level => level.Seen(price, at)).ToArray();
        var changed = levels.Where((level, index) => !ReferenceEquals(level, Levels[index])).Any() ? this with { Levels = levels } : this;
        if (EntryAt(changed, price) is not { } entry)
            return changed;
        if (entry != changed.Entry)
            changed = changed with { Entry = entry };
        if (changed.Highest is not { } highest || changed.Lowest is not { } lowest)
            return changed with { Highest = price, Lowest = price };
        if (price >= highest.MovedByFraction(Step))
            changed = changed with { Highest = price };
        return price <= lowest.MovedByFraction(-Step) ? changed with { Lowest = price } : changed;
    }

    private static Price? EntryAt(WatchedSignal signal, Price price)
    {
        if (!signal.Of(LevelKind.Entry).Any())
            return signal.Entry ?? price;
        Price? best = null;
        foreach (var level in signal.Of(LevelKind.Entry).Where(level => level.TouchedAt is not null))
            best = best is { } other && signal.Side.IsBetterExit(level.Price, other) ? other : level.Price;
        return best;
    }
}
