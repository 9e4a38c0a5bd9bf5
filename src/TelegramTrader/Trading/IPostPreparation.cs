using TelegramTrader.Core.Signals;

namespace TelegramTrader.Trading;

/// <summary>What is fetched for a post after it was stored and before the engine decides on it.</summary>
public interface IPostPreparation
{
    /// <summary>Ends soon, with or without what it fetches; never fails for want of it.</summary>
    Task PrepareAsync(ChannelMessage post, CancellationToken cancellation);
}
