using TelegramTrader.Connectors.Telegram;

namespace TelegramTrader.Connectors.Gateway;

public sealed record GatewayOptions
{
    /// <summary>The Node.js executable; null: the one on the PATH.</summary>
    public string? NodePath { get; init; }

    /// <summary>The folder of the gateway's main.js; null: beside the program, or the source folder when the program runs from a build.</summary>
    public string? Folder { get; init; }

    /// <summary>What is started, in that folder: <c>main.js</c> for exchanges and channels, <c>charts/main.js</c> for pictures.</summary>
    public string Main { get; init; } = "main.js";

    /// <summary>How long a start may take until the first answer.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a running gateway is asked whether it is still there.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A gateway that does not answer a ping for so long hangs, and is ended.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it may take to end after its input was closed; then it is killed.</summary>
    public TimeSpan EndTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Waits between starts.</summary>
    public Backoff Restarts { get; init; } = Backoff.Standard;

    /// <summary>A run of this length was a good one: the failures before it no longer count.</summary>
    public TimeSpan GoodRun { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>So many failures in a row make the state <see cref="GatewayHealth.Failed"/>.</summary>
    public int FailuresUntilFailed { get; init; } = 5;

    /// <summary>A longer line is passed over and reported. In bytes; a full page of history has at most about 2.5 million.</summary>
    public int LongestLine { get; init; } = 4 * 1024 * 1024;

    /// <summary>Notifications that wait to be handled. More are dropped, and that some were dropped is told.</summary>
    public int MostWaitingNotifications { get; init; } = 10_000;
}
