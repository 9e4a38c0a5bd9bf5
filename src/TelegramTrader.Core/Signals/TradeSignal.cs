using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals;

/// <summary>A parsed idea together with where and when it stood.</summary>
public sealed record TradeSignal
{
    public required SignalId Id { get; init; }

    public required ChannelId Channel { get; init; }

    public required long MessageId { get; init; }

    public required int Revision { get; init; }

    public required Instant PostedAt { get; init; }

    public required Instant ReceivedAt { get; init; }

    public required ParsedSignal Idea { get; init; }
}
