using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Queries;

/// <summary>Everything that is known of one decision: the post in all its versions, what was decided and why, and what came of it.</summary>
public sealed record DecisionReport
{
    public required Decision Decision { get; init; }

    /// <summary>Null when the idea was not traded.</summary>
    public required Trade? Trade { get; init; }

    /// <summary>In the order in which they were made.</summary>
    public required IReadOnlyList<Order> Orders { get; init; }

    /// <summary>In the order in which they happened.</summary>
    public required IReadOnlyList<BookedFill> Fills { get; init; }

    public required IReadOnlyList<BookedFunding> Funding { get; init; }

    public required IReadOnlyList<TradeNote> Notes { get; init; }

    /// <summary>All versions of the post, the first one first.</summary>
    public required IReadOnlyList<StoredMessage> Messages { get; init; }
}

/// <summary>One version of a post and what became of it.</summary>
/// <param name="HandledAt">Null while the engine has not handled it.</param>
/// <param name="Outcome">As in <see cref="MessageOutcome.Kind"/>.</param>
public sealed record StoredMessage(ChannelMessage Message, Instant? HandledAt, string? Outcome, string? Reason);

/// <summary>How many decisions of a channel came out one way.</summary>
/// <param name="Code">The first failing rule; null where the idea was accepted.</param>
public sealed record DecisionCount(ChannelId Channel, DecisionOutcome Outcome, string? Code, int Count);
