namespace TelegramTrader.Connectors.Storage;

/// <summary>The data folder can't be used. The message is one sentence for the user: which folder or file, what is wrong with it, and what to do.</summary>
public sealed class DataFolderException : Exception
{
    public DataFolderException(string message)
        : base(message)
    {
    }

    public DataFolderException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
