using TelegramTrader.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Connectors.Telegram.Polling;
using TelegramTrader.Core.Engine;
using TelegramTrader.TelegramFront;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader.Trading;

/// <param name="IsWell">Nothing needs to be done.</param>
/// <param name="Text">How it is, or what is wrong and what to do.</param>
public sealed record HealthFinding(string Name, bool IsWell, string Text)
{
    /// <summary>Nothing is broken, and yet it is a danger that one has to know of.</summary>
    public bool IsWarning { get; init; }

    /// <summary>How it is shown, with its sign.</summary>
    public string Line => $"{(!IsWell ? "✗" : IsWarning ? "⚠" : "✓")} {Name}: {Text}";
}

/// <summary>Looks at the parts of the bot. Each finding is one sentence.</summary>
public sealed class HealthChecks(TradingDesk desk, EngineRunner runner, NotificationOutbox outbox, DataFolder folder, TelegramState? telegram, ChannelParts? channels, TwinDesk? twin,
    TimeProvider time)
{
    private const long LeastFreeBytes = 500_000_000;
    private static readonly TimeSpan SlowEngine = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GatewayPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan OldOutbox = TimeSpan.FromMinutes(10);

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private Dictionary<string, bool> _last = new(StringComparer.Ordinal);

    public TimeSpan Uptime => time.GetUtcNow() - _startedAt;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellation)
    {
        var from = time.GetTimestamp();
        if (runner.Failure is not null)
            return [new HealthFinding("engine", false, "it has stopped because a commit failed; the log has the reason. Start the bot again.")];
        var snapshot = await desk.SnapshotAsync().WaitAsync(TimeSpan.FromSeconds(30), time, cancellation);
        var took = time.GetElapsedTime(from);
        return
        [
            new HealthFinding("engine", took < SlowEngine, $"answered in {took.TotalMilliseconds:0} ms"),
            Protection(snapshot),
            Market(snapshot),
            Storage(),
            Outbox(),
            Telegram(),
            Channels(),
            .. twin is null ? Array.Empty<HealthFinding>() : [Twin(twin)],
        ];
    }

    /// <summary>Findings that are not as they were at the last call.</summary>
    public IReadOnlyList<HealthFinding> ChangesSinceLast(IReadOnlyList<HealthFinding> findings)
    {
        var changes = findings.Where(finding => _last.GetValueOrDefault(finding.Name, true) != finding.IsWell).ToArray();
        _last = findings.ToDictionary(finding => finding.Name, finding => finding.IsWell);
        return changes;
    }

    private static HealthFinding Protection(DeskSnapshot snapshot)
    {
        var missing = snapshot.Trades.Where(view => view.StopHolder == StopHolder.Missing).Select(view => $"#{view.Trade.Number}").ToArray();
        var unwatched = snapshot.Trades.Where(view => view.StopHolder == StopHolder.Nobody).Select(view => $"#{view.Trade.Number}").ToArray();
        return missing.Length > 0 ? new HealthFinding("protection", false, $"no working stop for {string.Join(", ", missing)}; one is being placed")
            : unwatched.Length > 0 ? new HealthFinding("protection", false, $"nobody watches the stop of {string.Join(", ", unwatched)}: no prices come, and none rests at the exchange")
            : snapshot.StopsRest ? new HealthFinding("protection", true, "every position has its stop")
            : new HealthFinding("protection", true, "every stop is watched by the bot alone: the exchange can hold none") { IsWarning = true };
    }

    private HealthFinding Market(DeskSnapshot snapshot)
    {
        if (snapshot.InstrumentCount == 0)
            return new HealthFinding("market data", true, "none is set up: signals are recorded and not traded (setting Market:Source)");
        if (snapshot.LostFeeds.Count > 0)
            return new HealthFinding("market data", false, $"lost: {string.Join(", ", snapshot.LostFeeds.Keys)}");
        return snapshot.LastQuoteAt is { } at
            ? new HealthFinding("market data", snapshot.Now - at <= desk.Settings.Risk.OldestQuote, $"last price {Math.Max(0, (snapshot.Now - at).TotalSeconds):0} s old, {snapshot.InstrumentCount} symbols")
            : new HealthFinding("market data", Uptime < desk.Settings.Risk.OldestQuote, "no price has come yet");
    }

    private HealthFinding Storage()
    {
        var free = new DriveInfo(folder.Path).AvailableFreeSpace;
        return new HealthFinding("storage", free >= LeastFreeBytes, $"{free / 1_000_000_000.0:0.0} GB free in {folder.Path}");
    }

    private HealthFinding Outbox()
    {
        var counts = outbox.Counts();
        var age = counts.OldestUnsent is { } oldest ? desk.Now - oldest : TimeSpan.Zero;
        return new HealthFinding("notifications", counts.Failing == 0 && (!desk.HasRealTime || age < OldOutbox), $"{counts.Waiting} waiting, {counts.Failing} failing, {counts.Sent} sent");
    }

    private HealthFinding Channels() => channels?.Account switch
    {
        null => new HealthFinding("channels", true, "not set up (setting Channels:ApiId)"),
        { State: AccountState.Ready, LostSince: { } lost } => new HealthFinding("channels", false, $"no connection since {lost.ToDateTimeOffset():yyyy-MM-dd HH:mm} UTC; it is tried again by itself"),
        { State: AccountState.Ready ready } => new HealthFinding("channels", true, $"reading as {ready.Account.Name}"),
        { State: AccountState.LoginNeeded login } => new HealthFinding("channels", false, $"{login.Reason} /login in your private chat with the bot"),
        { State: AccountState.Unreachable unreachable } => new HealthFinding("channels", false, unreachable.Reason),
        _ => new HealthFinding("channels", Uptime < GatewayPatience, channels.Gateway.Health.ToString()!),
    };

    private static HealthFinding Twin(TwinDesk twin) => twin.Stopped is { } reason
        ? new HealthFinding("paper twin", false, $"it has stopped: {reason.TrimEnd('.')}. Live trading goes on without it; the next start tries it again.")
        : new HealthFinding("paper twin", true, $"follows the live desk, {twin.Queue.Reader.Count} behind");

    private HealthFinding Telegram() => telegram is null
        ? new HealthFinding("Telegram", true, "not set up (setting Telegram:BotToken)")
        : telegram.Last switch
        {
            null => new HealthFinding("Telegram", false, "not reached yet"),
            { Status: PollerStatus.Connected or PollerStatus.WebhookRemoved, Since: var since } => new HealthFinding("Telegram", true, $"connected since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
            { Status: var status, Since: var since } => new HealthFinding("Telegram", false, $"{status} since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
        };
}
