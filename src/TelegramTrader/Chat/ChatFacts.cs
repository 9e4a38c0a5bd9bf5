using TelegramTrader.Core.Market;

namespace TelegramTrader.Chat;

/// <summary>What answers need from storage.</summary>
public sealed class ChatFacts(Func<CancellationToken, Task<Instant?>> lastSignalAt)
{
    public Task<Instant?> LastSignalAtAsync(CancellationToken cancellation) => lastSignalAt(cancellation);
}
