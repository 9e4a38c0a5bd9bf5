namespace TelegramTrader.Connectors.Telegram.Polling;

/// <summary>Remembers, over restarts, how far updates were handled.</summary>
public interface IUpdateOffsetStore
{
    /// <summary>What was saved last; null when nothing was. Read once, at start.</summary>
    Task<long?> LoadAsync();

    /// <summary>Saved after each handled update. Telegram begins a new count after a quiet week, so it may become smaller.</summary>
    Task SaveAsync(long nextOffset);
}
