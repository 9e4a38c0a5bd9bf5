using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>A channel whose signals are not traded with real money until they have earned it back.</summary>
/// <param name="Reason">A sentence with the values.</param>
public sealed record ChannelProbation(ChannelId Channel, Instant Since, string Reason);
