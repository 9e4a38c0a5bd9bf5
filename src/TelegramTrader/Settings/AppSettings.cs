using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Web.Webhook;

namespace TelegramTrader.Settings;

/// <summary>Everything that can be set, checked and ready to use. Made by <see cref="SettingsLoader"/> only.</summary>
public sealed record AppSettings
{
    public RunMode Mode { get; init; } = RunMode.Paper;

    public StorageSettings Storage { get; init; } = new();

    public TelegramSettings Telegram { get; init; } = new();

    public MarketSettings Market { get; init; } = new();

    public ExchangeConnection Exchange { get; init; } = new();

    public EngineSettings Trading { get; init; } = new();

    /// <summary>In live mode every trade also runs on paper.</summary>
    public bool PaperTwin { get; init; } = true;

    /// <summary>Whether live trading is allowed where no stop rests at the exchange.</summary>
    public WatchedStopsPolicy WatchedStops { get; init; } = WatchedStopsPolicy.Refuse;

    public SimulationSettings Simulation { get; init; } = new();

    /// <summary>The colours of pictures.</summary>
    public ChartTheme ChartTheme { get; init; } = ChartTheme.Dark;

    public LoggingSettings Logging { get; init; } = new();

    public ScorecardSettings Scorecards { get; init; } = new();

    public ProbationSettings Probation { get; init; } = new();

    public IReadOnlyList<ChannelEntry> Channels { get; init; } = [];

    public ChannelAccountSettings Account { get; init; } = new();

    public FileDropSettings FileDrop { get; init; } = new();

    public WebhookSettings Webhooks { get; init; } = new();

    public JobSettings Jobs { get; init; } = new();
}

/// <summary>What is done at an exchange that can hold no stops.</summary>
public enum WatchedStopsPolicy
{
    /// <summary>It is not traded live.</summary>
    Refuse,

    /// <summary>The bot watches the stops there.</summary>
    Allow,
}

public sealed record StorageSettings
{
    public string Directory { get; init; } = "data";

    public int KeepJournalDays { get; init; } = 30;
}

public sealed record TelegramSettings
{
    /// <summary>Null when Telegram is not used.</summary>
    public BotToken? BotToken { get; init; }

    public string BaseUrl { get; init; } = "https://api.telegram.org";

    public string? Proxy { get; init; }

    public long? AdminChatId { get; init; }

    public IReadOnlyList<AllowedUser> Users { get; init; } = [];

    public decimal MessagesPerSecondPerChat { get; init; } = 1m;

    public decimal MessagesPerSecond { get; init; } = 30m;

    public TimeSpan CommandExpiresAfter { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>One person who may talk to the bot.</summary>
public sealed record AllowedUser(long Id, Chat.Role Role, string Name);

public enum MarketSource
{
    /// <summary>No prices: commands work, signals are recorded and denied for want of market data.</summary>
    None,

    /// <summary>Recorded candles and posts, replayed.</summary>
    Recorded,

    /// <summary>The prices of the connected exchange, as they are made.</summary>
    Exchange,
}

public sealed record MarketSettings
{
    public MarketSource Source { get; init; } = MarketSource.None;

    /// <summary>The folder of the recording; empty for the one that comes with the program.</summary>
    public string Recording { get; init; } = "";

    public string RecordingPath => Recording.Length > 0 ? Recording : Path.Combine(AppContext.BaseDirectory, "Demo", "Recording");

    /// <summary>Recorded seconds a second; 0 is as fast as it goes.</summary>
    public decimal Speed { get; init; } = 60m;

    /// <summary>The program ends when the recording does.</summary>
    public bool ExitAtEnd { get; init; }
}

public sealed record LoggingSettings
{
    public string Directory { get; init; } = "logs";

    public string Level { get; init; } = "Information";

    public int KeepDays { get; init; } = 14;
}

public sealed record FileDropSettings
{
    /// <summary>Empty when it is not used.</summary>
    public string Folder { get; init; } = "";

    public string Name { get; init; } = "files";
}

public sealed record WebhookSettings
{
    public System.Net.IPAddress Address { get; init; } = System.Net.IPAddress.Loopback;

    /// <summary>0 when webhooks are not used.</summary>
    public int Port { get; init; }

    public TimeSpan Oldest { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan RepeatWindow { get; init; } = TimeSpan.FromSeconds(30);

    public IReadOnlyList<WebhookSource> Sources { get; init; } = [];
}

/// <summary>Long work that people ask for in chat.</summary>
public sealed record JobSettings
{
    public int AtOnce { get; init; } = 1;

    public int WaitingPerPerson { get; init; } = 5;

    /// <summary>Threads; 0 is one less than there are cores.</summary>
    public int Workers { get; init; }

    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>At least 1. What trades and what answers keep a core to themselves where there are two.</summary>
    public int Threads => Workers > 0 ? Workers : Math.Max(1, Environment.ProcessorCount - 1);
}
