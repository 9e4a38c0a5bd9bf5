using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Core.Market;
using TelegramTrader.Settings;
using TelegramTrader.Trading;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader.Cli;

/// <summary><c>doctor</c>: looks at everything that the bot needs, each a tick or a sentence that says what to do. Changes nothing. The stop test belongs to /live, because it needs the running bot's prices.</summary>
internal static class DoctorVerb
{
    private const long LeastFreeBytes = 500_000_000;

    /// <returns>0 when everything is well, 1 when something is not.</returns>
    public static async Task<int> RunAsync(string? settingsFile, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        AppSettings settings;
        try
        {
            settings = SettingsLoader.Load(settingsFile);
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await errors.WriteLineAsync("Settings: " + problem);
            return ExitCodes.BadArguments;
        }

        var (isWell, isWarned) = (true, false);
        await TellAsync(new HealthFinding("settings", true, $"valid; mode {Modes.Label(settings.Mode)}"));
        await TellAsync(Disk(settings.Storage.Directory));
        var keys = await StorageAsync(settings, TellAsync);
        await ExchangeAsync(settings, keys, time, TellAsync, cancellation);
        await TellAsync(await TelegramAsync(settings, time, cancellation));
        await TellAsync(settings.Account.IsSet
            ? new HealthFinding("channels", true, $"read with {settings.Account}; channels login logs it in")
            : new HealthFinding("channels", true, "not set up (setting Channels:ApiId)"));
        await output.WriteLineAsync(isWell ? isWarned ? "All is well, but for the danger in the lines with a ⚠." : "All is well." : "Something needs doing: see the lines with a cross.");
        return isWell ? ExitCodes.Done : ExitCodes.Failed;

        async Task TellAsync(HealthFinding finding)
        {
            isWell &= finding.IsWell;
            isWarned |= finding.IsWarning;
            await output.WriteLineAsync(finding.Line);
        }
    }

    private static HealthFinding Disk(string directory)
    {
        // The folder may not be there yet; what counts is the disk that it will be on.
        var path = Path.GetFullPath(directory);
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
            path = parent;
        var free = new DriveInfo(path).AvailableFreeSpace;
        return new HealthFinding("disk", free >= LeastFreeBytes, string.Create(CultureInfo.InvariantCulture, $"{free / 1_000_000_000.0:0.0} GB free{(free >= LeastFreeBytes ? "" : $"; at least {LeastFreeBytes / 1_000_000_000.0:0.0} GB are needed")}"));
    }

    private static async Task<ExchangeKeys?> StorageAsync(AppSettings settings, Func<HealthFinding, Task> tell)
    {
        try
        {
            using var folder = DataFolder.Open(settings.Storage.Directory);
            await tell(new HealthFinding("database", true, $"in {folder.Path}"));
            if (settings.Mode == RunMode.Live)
                await tell(Twin(settings, folder.FileAt(PaperTwin.FolderName)));
            if (!settings.Exchange.IsSet)
                return null;
            var values = new KeyValueStore(folder);
            var keys = new CredentialStore(values, settings.Account.Secrets(values)).Find(settings.Exchange.AccountId);
            if (keys is null)
                await tell(new HealthFinding("keys", settings.Mode != RunMode.Live, settings.Mode == RunMode.Live
                    ? $"{settings.Exchange.AccountId} has none; add them with keys add {settings.Exchange.Name}"
                    : "none, and none are needed on paper"));
            return keys;
        }
        catch (Exception exception) when (exception is DataFolderException or SecretStoreException)
        {
            await tell(new HealthFinding("database", false, exception.Message));
            return null;
        }
    }

    private static HealthFinding Twin(AppSettings settings, string path)
    {
        if (!settings.PaperTwin)
            return new HealthFinding("paper twin", true, "switched off (setting Trading:PaperTwin)");
        if (!Directory.Exists(path))
            return new HealthFinding("paper twin", true, "begins with the first live start");
        try
        {
            using var folder = DataFolder.Open(path);
            return new HealthFinding("paper twin", true, $"its books are in {folder.Path}");
        }
        catch (DataFolderException exception)
        {
            return new HealthFinding("paper twin", false, $"its books can't be opened: {exception.Message.TrimEnd('.')}. Live trading goes on without it; move {path} away to let it begin anew.");
        }
    }

    private static async Task ExchangeAsync(AppSettings settings, ExchangeKeys? keys, TimeProvider time, Func<HealthFinding, Task> tell, CancellationToken cancellation)
    {
        if (GatewayInstallation.Find(new GatewayOptions()) is not GatewayInstallation.Ready ready)
        {
            await tell(new HealthFinding("gateway", !settings.Exchange.IsSet && !settings.Account.IsSet, "Node.js 20 or its packages are missing: no exchange, no channels, no pictures. Install Node.js 20 and build again."));
            return;
        }

        await tell(new HealthFinding("gateway", true, $"Node.js at {ready.Node}"));
        await tell(await PicturesAsync(settings, time, cancellation));
        if (!settings.Exchange.IsSet)
        {
            await tell(new HealthFinding("exchange", true, "none is set up (setting Exchange:Name)"));
            return;
        }

        await using var probe = new ExchangeProbe(settings.Exchange, settings.Simulation.StartingBalance.Asset, keys, time);
        if (await probe.OpenAsync(cancellation) is { } trouble)
        {
            await tell(new HealthFinding("exchange", false, $"{settings.Exchange.Name} can't be reached: {trouble}"));
            return;
        }

        foreach (var finding in await probe.LookAsync(settings.WatchedStops, cancellation))
            await tell(finding);
    }

    /// <summary>Draws one: a package that is damaged, or that has no part for this machine, shows only then.</summary>
    private static async Task<HealthFinding> PicturesAsync(AppSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        await using var renderer = new GatewayChartRenderer(new GatewayChartOptions(), time, NullLogger<GatewaySupervisor>.Instance);
        var trial = EquityChart.Of(
            new EquityInput
            {
                Heading = new ChartHeading("Trial", Modes.Label(settings.Mode), "doctor", []),
                Points = [new EquityPoint(Instant.Epoch, 1m), new EquityPoint(Instant.Epoch + TimeSpan.FromHours(1), 2m)],
                Asset = "USDT",
                Zone = settings.Trading.TimeZone,
            },
            ChartStyle.Of(settings.ChartTheme));
        return await renderer.RenderAsync(trial, cancellation) is { Trouble: { } trouble }
            ? new HealthFinding("pictures", false, $"{trouble} Everything else works without them.")
            : new HealthFinding("pictures", true, "one was drawn");
    }

    private static async Task<HealthFinding> TelegramAsync(AppSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        if (settings.Telegram.BotToken is not { } token)
            return new HealthFinding("Telegram", true, "not set up (setting Telegram:BotToken)");
        var options = new TelegramOptions { BotToken = token, BaseUrl = new Uri(settings.Telegram.BaseUrl), Proxy = settings.Telegram.Proxy is { } proxy ? new Uri(proxy) : null };
        using var client = TelegramHttp.CreateClient(options);
        return await new TelegramApi(client, options, time, NullLogger<TelegramApi>.Instance).SendAsync(new GetMe(), cancellation) switch
        {
            TelegramResult<User>.Ok { Value: var me } => new HealthFinding("Telegram", true, $"the bot is @{me.Username}"),
            TelegramResult<User>.TooManyRequests flood => new HealthFinding("Telegram", false, string.Create(CultureInfo.InvariantCulture, $"it asks to wait {flood.RetryAfter.TotalSeconds:0} s")),
            TelegramResult<User>.Refused { Refusal: var refusal } => new HealthFinding("Telegram", false, $"the token was refused ({refusal.Description}); get a new one from @BotFather"),
            TelegramResult<User>.Unreachable unreachable => new HealthFinding("Telegram", false, $"can't be reached: {unreachable.Reason}"),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not in the set of results."),
        };
    }
}
