namespace TelegramTrader.Connectors.Storage.Secrets;

/// <summary>A secret can't be kept or read; the text says what to do and never holds a secret.</summary>
public sealed class SecretStoreException : Exception
{
    public SecretStoreException(string message)
        : base(message)
    {
    }

    public SecretStoreException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
