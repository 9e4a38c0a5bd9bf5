namespace TelegramTrader.Connectors.Channels.FileDrop;

/// <summary>A folder whose files become posts.</summary>
/// <param name="Folder">Made if it is not there.</param>
/// <param name="Name">The posts are of the channel <c>drop:NAME</c>.</param>
public sealed record FileDropOptions(string Folder, string Name)
{
    /// <summary>How often the folder is looked at.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a file's size and time must not have changed before it counts as written to its end.</summary>
    public TimeSpan SettledAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Larger files are refused.</summary>
    public long LargestBytes { get; init; } = 1_000_000;

    public string Channel => "drop:" + Name;
}
