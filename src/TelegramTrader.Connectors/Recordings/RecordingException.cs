namespace TelegramTrader.Connectors.Recordings;

/// <summary>A recording that can't be used; the message names the file, the line and what is wrong there.</summary>
public sealed class RecordingException : Exception
{
    public RecordingException(string message)
        : base(message)
    {
    }

    public RecordingException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
