using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Exchanges;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>The program in live mode, in a process of its own, which can be killed and started again over the same folder.</summary>
internal sealed class DrillBot : IDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;
    private readonly Queue<string> _lastLines = [];
    private readonly Lock _gate = new();
    private BotProcess? _process;

    /// <param name="folder">Empty; everything the bot writes goes there.</param>
    public DrillBot(string folder, DrillVenue venue)
    {
        _folder = folder;
        DataFolder = Path.Combine(folder, "data");
        Posts = Directory.CreateDirectory(Path.Combine(folder, "posts")).FullName;
        _environment = new Dictionary<string, string>
        {
            ["TELEGRAMTRADER__Mode"] = "live",
            ["TELEGRAMTRADER__Market__Source"] = "exchange",
            ["TELEGRAMTRADER__Storage__Directory"] = DataFolder,
            ["TELEGRAMTRADER__Logging__Directory"] = Path.Combine(folder, "logs"),
            ["TELEGRAMTRADER__Exchange__Name"] = venue.Exchange,
            ["TELEGRAMTRADER__Exchange__Kind"] = venue.IsSpot ? "spot" : "swap",
            ["TELEGRAMTRADER__Exchange__BaseUrl"] = venue.Address.ToString().TrimEnd('/'),
            ["TELEGRAMTRADER__Exchange__RequestsPerSecond"] = "50",
            ["TELEGRAMTRADER__Exchange__RequestTimeoutSeconds"] = "2",
            ["TELEGRAMTRADER__Channels__KeyFile"] = Path.Combine(folder, "secret.key"),
            ["TELEGRAMTRADER__FileDrop__Folder"] = Posts,
            // On spot a position is paid for in full.
            ["TELEGRAMTRADER__Risk__PerTradePercent"] = venue.IsSpot ? "0.05" : "0.1",
            ["TELEGRAMTRADER__Risk__PositionsPerChannel"] = "10",
            ["TELEGRAMTRADER__Risk__DailyLossPercent"] = "100",
            ["TELEGRAMTRADER__Risk__WeeklyLossPercent"] = "100",
            ["TELEGRAMTRADER__Risk__LeastRewardToRisk"] = "0",
            ["TELEGRAMTRADER__Risk__DuplicateWindowHours"] = "0",
            ["TELEGRAMTRADER__Trading__PlannedForLaterWithinPercent"] = "0",
        };
        foreach (var (name, value) in _environment)
            Environment.SetEnvironmentVariable(name, value);
        // Read as the program itself reads them, so that what is confirmed are the very limits under which it trades.
        Confirm(SettingsLoader.Load(null), venue);
    }

    public string DataFolder { get; }

    /// <summary>Files put here become posts.</summary>
    public string Posts { get; }

    public DateTimeOffset StartedAt { get; private set; }

    public IReadOnlyList<string> LastLines
    {
        get
        {
            lock (_gate)
                return [.. _lastLines];
        }
    }

    public bool HasEnded => _process is not { HasEnded: false };

    public void Start()
    {
        _process?.Dispose();
        StartedAt = DateTimeOffset.UtcNow;
        _process = BotProcess.Start(_folder, _environment, ["run"]);
        // A pipe that nobody reads fills up, and whoever writes into it stands still.
        _ = ReadAsync(_process.Output);
        _ = ReadAsync(_process.Errors);
    }

    /// <summary>The processes that the bot started: its gateway, when that is up.</summary>
    public IReadOnlyList<int> Gateways() => _process is { HasEnded: false } running ? ChildrenOf(running.Id) : [];

    /// <summary>SIGKILL of the program, of its gateway, or of both.</summary>
    /// <returns>False when there was no gateway to kill.</returns>
    public bool Kill(DrillKill kind)
    {
        var gateways = kind == DrillKill.Program ? [] : Gateways();
        if (kind != DrillKill.Gateway)
        {
            _process!.Kill();
            _process.Dispose();
            _process = null;
        }

        foreach (var id in gateways)
            KillById(id);
        return kind == DrillKill.Program || gateways.Count > 0;
    }

    public void Dispose()
    {
        _process?.Dispose();
        _process = null;
    }

    private void Confirm(AppSettings settings, DrillVenue venue)
    {
        using var data = Connectors.Storage.DataFolder.Open(DataFolder);
        var values = new KeyValueStore(data);
        new CredentialStore(values, settings.Account.Secrets(values)).Put(settings.Exchange.AccountId, venue.Keys);
        new LiveLock(values, settings.Exchange, settings.Trading.Risk).Open();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
                lock (_gate)
                {
                    _lastLines.Enqueue(line);
                    if (_lastLines.Count > 60)
                        _lastLines.Dequeue();
                }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It was killed in the middle of a line, which is what this is for.
        }
    }

    private static void KillById(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit(2000);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It had ended by itself, as it should when its parent is gone.
        }
    }

    private static List<int> ChildrenOf(int parent)
    {
        var children = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(id) == parent)
                children.Add(id);
        return children;
    }

    private static int? ParentOf(int id)
    {
        try
        {
            // "1234 (name) S 1200 …": the name may hold anything, brackets too.
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

internal enum DrillKill
{
    Program,
    Gateway,
    Both,
}
