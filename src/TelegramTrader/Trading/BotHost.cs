using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using TelegramTrader.Chat;
using TelegramTrader.Channels;
using TelegramTrader.Cli;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Exchanges;
using TelegramTrader.Gateway;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Notifications;
using TelegramTrader.Settings;
using TelegramTrader.TelegramFront;
using TelegramTrader.Trading.Twin;
using TelegramTrader.Web.Webhook;

namespace TelegramTrader.Trading;

/// <summary>Puts the bot together: storage, sources, exchange and desk here, what people meet in <see cref="PeopleParts"/>. Who uses what is said in these two and nowhere else.</summary>
public static class BotHost
{
    /// <param name="folder">Open; the caller closes it after the host has ended.</param>
    /// <param name="screen">Where events are shown as they happen; null: they are not.</param>
    /// <param name="gateway">Another gateway than the Node.js process; null for that.</param>
    /// <param name="time">Another clock than the system's; null for that.</param>
    /// <param name="kinds">Further kinds of jobs.</param>
    public static IHost Build(
        AppSettings settings, DataFolder folder, TerminalScreen? screen, Serilog.ILogger logger, GatewayProcess? gateway = null, TimeProvider? time = null, params IReadOnlyList<IJobKind> kinds)
    {
        RefuseLiveWithoutKeys(settings, folder);
        FolderOwner.Claim(
            new KeyValueStore(folder), folder, Modes.AccountOf(settings), settings is { Mode: RunMode.Live, Exchange.Kind: ExchangeMarketKind.Spot }, settings is { Mode: RunMode.Live, Exchange.Sandbox: true });
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSerilog(logger);
        var services = builder.Services;
        services.Configure<HostOptions>(options =>
        {
            options.ShutdownTimeout = TimeSpan.FromSeconds(15);
            // Whoever watches them ends the program, and says so.
            options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Storage);
        services.AddSingleton(settings.Market);
        services.AddSingleton(settings.Telegram);
        services.AddSingleton(folder);
        services.AddSingleton<ISignalParser, SignalParser>();
        services.AddSingleton(new Formats(settings.Trading.TimeZone));
        AddStorage(services, settings.Trading);
        AddProgramEnd(services);
        // Before the engine, so that a port that is taken keeps the bot from starting. What they bring waits until the engine may trade.
        AddSources(services, settings.Webhooks);
        var needsGateway = settings.Account.IsSet || settings.Market.Source == MarketSource.Exchange;
        if (needsGateway)
            AddGateway(services, settings.Account, gateway);
        if (settings.Account.IsSet)
            AddChannels(services, settings.Account);
        if (settings.Market.Source == MarketSource.Exchange)
            AddExchange(services, settings);
        AddDesk(services, settings, screen);
        PeopleParts.AddPictures(services, settings);
        PeopleParts.AddChat(services, settings);
        // After everybody who wants to hear of its starts, and before whatever can wait: until it runs, nothing can be protected.
        if (needsGateway)
            services.AddHostedService<GatewayService>();
        PeopleParts.AddJobs(services, settings, folder, screen);
        foreach (var kind in kinds)
            services.AddSingleton(kind);
        if (settings.Telegram.BotToken is { } token)
            PeopleParts.AddTelegram(services, settings.Telegram, token);
        if (settings.Telegram.BotToken is not null && settings.Account.IsSet)
            services.AddSingleton<ChatLogin>();
        var host = builder.Build();
        // Everything is made here, on one thread: the engine's own thread must never make the container wait, nor wait for it.
        host.Services.GetRequiredService<DeskParts>();
        host.Services.GetRequiredService<LateListeners>().Take(host.Services.GetServices<ICommitListener>());
        return host;
    }

    private static void RefuseLiveWithoutKeys(AppSettings settings, DataFolder folder)
    {
        var values = new KeyValueStore(folder);
        if (settings.Mode == RunMode.Live && new CredentialStore(values, settings.Account.Secrets(values)).Find(settings.Exchange.AccountId) is null)
            throw new SettingsException([$"'Mode' is live, but {settings.Exchange.AccountId} has no keys; add them with: keys add {settings.Exchange.Name}"]);
    }

    private static void AddStorage(IServiceCollection services, EngineSettings settings)
    {
        services.AddSingleton<LatestQuotes>();
        services.AddSingleton<IPostPrices>(provider => new PostPrices(provider.GetRequiredService<LatestQuotes>(), provider.GetRequiredService<ISignalParser>(), settings.QuoteAliases));
        services.AddSingleton<MessageInbox>();
        services.AddSingleton<PostTries>();
        services.AddSingleton<NotificationOutbox>();
        services.AddSingleton<CardStore>();
        services.AddSingleton<KeyValueStore>();
        services.AddSingleton<TradeQueries>();
        services.AddSingleton<ChannelHistory>();
        services.AddSingleton<ClaimQueries>();
        services.AddSingleton(provider => new StorageMaintenance(provider.GetRequiredService<DataFolder>()));
        services.AddSingleton<Recipients>();
        services.AddSingleton<IJournal>(provider => new SqliteJournal(provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<Recipients>().Of));
    }

    private static void AddProgramEnd(IServiceCollection services)
    {
        services.AddSingleton<ProgramEndings>();
        services.AddSingleton(provider => new ProgramEnd(
            provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<ProgramEndings>(), provider.GetRequiredService<DeskParts>(), provider.GetRequiredService<Recipients>(),
            provider.GetRequiredService<NotificationText>(), provider.GetService<TelegramSender>(), provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ProgramEnd>>()));
        services.AddHostedService(provider => provider.GetRequiredService<ProgramEnd>());
        services.AddHostedService(provider => new ServiceWatch(provider, provider.GetRequiredService<ProgramEnd>().EndAsync, provider.GetRequiredService<ILogger<ServiceWatch>>()));
    }

    private static void AddDesk(IServiceCollection services, AppSettings settings, TerminalScreen? screen)
    {
        services.AddSingleton(provider => new NotificationText(provider.GetRequiredService<DeskLabel>().Text, provider.GetRequiredService<Formats>()));
        services.AddSingleton(new DeskLabel(Modes.Label(settings.Mode)));
        if (screen is not null)
            services.AddSingleton<ICommitListener>(provider => new EventLines(screen, provider.GetRequiredService<NotificationText>(), provider.GetRequiredService<Formats>()));
        services.AddSingleton<LateListeners>();
        services.AddSingleton(provider => Modes.Desk(
            settings, provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<MessageInbox>(), provider.GetRequiredService<IJournal>(),
            provider.GetRequiredService<ISignalParser>(), provider.GetRequiredService<LateListeners>(), provider.GetRequiredService<LatestQuotes>(),
            provider.GetRequiredService<PostTries>(), provider.GetService<ExchangeParts>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => provider.GetRequiredService<DeskParts>().Runner);
        services.AddSingleton(provider => new TradingDesk(
            provider.GetRequiredService<EngineRunner>(), provider.GetRequiredService<DeskParts>().Clock, provider.GetRequiredService<DeskLabel>().Text, provider.GetRequiredService<DeskParts>().Engine.Settings));
        services.AddSingleton(provider => new HealthChecks(
            provider.GetRequiredService<TradingDesk>(), provider.GetRequiredService<EngineRunner>(), provider.GetRequiredService<NotificationOutbox>(),
            provider.GetRequiredService<DataFolder>(), provider.GetService<TelegramState>(), provider.GetService<ChannelParts>(), provider.GetService<TwinDesk>(), provider.GetRequiredService<TimeProvider>()));
        if (settings is { Mode: RunMode.Live, PaperTwin: true })
        {
            services.AddSingleton(provider => provider.GetRequiredService<DeskParts>().Twin!);
            // Before the engine's loop, so that it ends after it and has heard everything.
            services.AddHostedService<TwinService>();
        }

        services.AddSingleton<EngineLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<EngineLoop>());
    }

    private static void AddSources(IServiceCollection services, WebhookSettings webhooks)
    {
        services.AddSingleton(provider => new PostIntake(
            provider.GetRequiredService<MessageInbox>(), provider.GetRequiredService<PostTries>(), provider.GetRequiredService<TradingDesk>(), provider.GetService<IPostPreparation>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostIntake>>()));
        services.AddHostedService<LiveSources>();
        if (webhooks.Port == 0)
            return;
        var options = new WebhookOptions(webhooks.Address, webhooks.Port, webhooks.Sources) { Oldest = webhooks.Oldest, RepeatWindow = webhooks.RepeatWindow };
        services.AddHostedService(provider =>
        {
            var intake = provider.GetRequiredService<PostIntake>();
            return new WebhookServer(
                options, (post, _) => ValueTask.FromResult(intake.Hand(post)), provider.GetRequiredService<MessageInbox>().Latest, intake.Ready, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<WebhookServer>>());
        });
    }

    private static void AddGateway(IServiceCollection services, ChannelAccountSettings account, GatewayProcess? gateway)
    {
        services.AddSingleton(provider => gateway ?? GatewayProcess.Node(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GatewaySupervisor>>()));
        services.AddSingleton(provider => provider.GetRequiredService<GatewayProcess>().Gateway);
        services.AddSingleton(provider => account.Secrets(provider.GetRequiredService<KeyValueStore>()));
    }

    private static void AddExchange(IServiceCollection services, AppSettings settings)
    {
        services.AddSingleton(provider => new ExchangeParts(
            settings.Exchange, settings.Simulation.StartingBalance.Asset, provider.GetRequiredService<IGateway>(), provider.GetRequiredService<KeyValueStore>(),
            // On paper only public prices are asked for: keys that are not needed are not handed out.
            settings.Mode == RunMode.Live ? () => provider.GetRequiredService<CredentialStore>().Find(settings.Exchange.AccountId) : () => null,
            settings.Trading.Risk, settings.WatchedStops, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<CredentialStore>();
        services.AddSingleton<IPostPreparation>(provider => new FreshPrices(
            provider.GetRequiredService<DeskParts>().Live!.Feed, provider.GetRequiredService<ExchangeParts>().Markets, provider.GetRequiredService<ISignalParser>(), settings.Trading.QuoteAliases,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FreshPrices>>()));
        services.AddHostedService<ExchangeService>();
    }

    private static void AddChannels(IServiceCollection services, ChannelAccountSettings account)
    {
        services.AddSingleton(provider => new ChannelParts(
            account, provider.GetRequiredService<IGateway>(), provider.GetRequiredService<SecretStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider =>
        {
            var intake = provider.GetRequiredService<PostIntake>();
            return new ChannelListener(
                provider.GetRequiredService<ChannelParts>().Channels, new StoredChannelMemory(provider.GetRequiredService<KeyValueStore>(), provider.GetRequiredService<MessageInbox>()),
                posts =>
                {
                    intake.Hand(posts);
                    return ValueTask.CompletedTask;
                },
                new ChannelListenerOptions(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ChannelListener>>());
        });
        services.AddHostedService<ChannelService>();
        services.AddHostedService(provider => new ChannelConnectionWatch(
            provider.GetRequiredService<ChannelParts>().Account,
            lost => provider.GetRequiredService<NotificationOutbox>().Add(lost, provider.GetRequiredService<Recipients>().Of(lost), provider.GetRequiredService<TradingDesk>().Now),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new BackfillService(
            provider.GetRequiredService<ChannelParts>(), provider.GetRequiredService<MessageInbox>(), provider.GetRequiredService<PostIntake>().Ready, provider.GetRequiredService<KeyValueStore>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<BackfillService>>(), provider.GetService<TelegramSender>()));
        services.AddHostedService(provider => provider.GetRequiredService<BackfillService>());
    }
}

/// <summary>How the mode is shown to people.</summary>
public sealed record DeskLabel(string Text);
