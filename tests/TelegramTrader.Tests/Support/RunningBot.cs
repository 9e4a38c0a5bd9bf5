using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Core;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Gateway;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Support.BotApi;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.Support;

/// <summary>The whole bot in this process, on a data folder of its own, talking to a simulated Bot API server: everything is real but Telegram.</summary>
internal sealed class RunningBot : IAsyncDisposable
{
    public const long Admin = 1001;
    public const long Trader = 1002;
    public const long Viewer = 1003;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly bool _ownsFolder;
    private readonly DataFolder _data;
    private readonly IHost _host;
    private readonly Logger _logger;

    private RunningBot(string folder, bool ownsFolder, DataFolder data, IHost host, Logger logger, CollectingLogSink log)
    {
        (_folder, _ownsFolder, _data, _host, _logger, Log) = (folder, ownsFolder, data, host, logger, log);
    }

    public CollectingLogSink Log { get; }

    public IServiceProvider Services => _host.Services;

    public EngineLoop Loop => Services.GetRequiredService<EngineLoop>();

    public TradingDesk Desk => Services.GetRequiredService<TradingDesk>();

    /// <summary>Settings of a bot that replays a recording as fast as it goes.</summary>
    public static AppSettings Settings(BotApiServer? server, string recording) => new()
    {
        Market = new MarketSettings { Source = MarketSource.Recorded, Recording = recording, Speed = 0m },
        Telegram = server is null ? new TelegramSettings() : new TelegramSettings
        {
            BotToken = BotApiServer.Token,
            BaseUrl = server.BaseUrl.ToString().TrimEnd('/'),
            AdminChatId = Admin,
            MessagesPerSecondPerChat = 1000m,
            MessagesPerSecond = 10_000m,
            Users = [new AllowedUser(Admin, Role.Admin, "Ann"), new AllowedUser(Trader, Role.Trader, "Tom"), new AllowedUser(Viewer, Role.Viewer, "Vic")],
        },
    };

    public static string DemoRecording { get; } = Path.Combine(AppContext.BaseDirectory, "Demo", "Recording");

    public static string ShortRecording { get; } = Path.Combine(AppContext.BaseDirectory, "Fixtures", "RestartRecording");

    /// <param name="folder">A data folder that is kept; null for one that is removed with the bot.</param>
    /// <param name="time">Another clock than the system's; the schedules of Quartz keep to that all the same.</param>
    public static async Task<RunningBot> StartAsync(AppSettings settings, string? folder = null, GatewayProcess? gateway = null, TimeProvider? time = null, params IReadOnlyList<IJobKind> kinds)
    {
        var path = folder ?? Directory.CreateTempSubdirectory("telegramtrader-bot-").FullName;
        var log = new CollectingLogSink();
        var logger = new LoggerConfiguration().MinimumLevel.Information().WriteTo.Sink(log).CreateLogger();
        var data = DataFolder.Open(path);
        var host = BotHost.Build(settings with { Storage = settings.Storage with { Directory = path } }, data, null, logger, gateway, time, kinds);
        var bot = new RunningBot(path, folder is null, data, host, logger, log);
        await host.StartAsync();
        return bot;
    }

    public static async Task<BotApiServer> ServerAsync()
    {
        var server = await BotApiServer.StartAsync(TimeProvider.System);
        server.AddPerson(Admin, "Ann");
        server.AddPerson(Trader, "Tom");
        server.AddPerson(Viewer, "Vic");
        return server;
    }

    /// <summary>Waits until the recording is over and everything was told.</summary>
    public async Task FinishAsync()
    {
        await Loop.RecordingEnded.WaitAsync(Patience);
        var outbox = Services.GetRequiredService<NotificationOutbox>();
        for (var look = 0; look < 600; look++)
        {
            var counts = outbox.Counts();
            if (counts.Waiting + counts.Failing == 0)
                return;
            // Another process' progress can only be looked at again; the look itself takes its time in the database.
            await Desk.SnapshotAsync();
            await Task.Yield();
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            await pause.WaitForNextTickAsync();
        }

        throw new TimeoutException($"The outbox did not empty: {outbox.Counts()}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        var closing = Services.GetRequiredService<DeskParts>().Closing;
        _host.Dispose();
        closing.Dispose();
        _data.Dispose();
        await _logger.DisposeAsync();
        if (_ownsFolder)
            Directory.Delete(_folder, recursive: true);
    }
}
