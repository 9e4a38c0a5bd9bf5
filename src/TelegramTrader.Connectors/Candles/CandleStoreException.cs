namespace TelegramTrader.Connectors.Candles;

/// <summary>Candles that can't be stored, read or fetched; the message is one sentence that names what is wrong.</summary>
public sealed class CandleStoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>A month's file can be read but is not what was written.</summary>
    public bool IsDamage { get; init; }
}
