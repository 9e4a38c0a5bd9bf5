namespace TelegramTrader.Connectors.Channels.TelegramExport;

/// <summary>An export can't be read any further. What was read before it is good.</summary>
/// <param name="offset">In bytes from the beginning of the file, where it shows.</param>
/// <param name="problem">A sentence without its full stop.</param>
public sealed class ExportException(long offset, string problem, Exception? cause = null) : Exception(problem, cause)
{
    public long Offset { get; } = offset;
}
