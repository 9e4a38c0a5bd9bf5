using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using TelegramTrader.Backtests;
using TelegramTrader.Charts;
using TelegramTrader.Chat;
using TelegramTrader.Chat.Commands;
using TelegramTrader.Chat.Teaching;
using TelegramTrader.Cli;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Core.Engine;
using TelegramTrader.Exchanges;
using TelegramTrader.Jobs;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Jobs.Work.Kinds;
using TelegramTrader.Notifications;
using TelegramTrader.Settings;
using TelegramTrader.TelegramFront;

namespace TelegramTrader.Trading;

/// <summary>What people meet of the bot: chat, pictures, the jobs that they ask for, and Telegram.</summary>
internal static class PeopleParts
{
    public static void AddPictures(IServiceCollection services, AppSettings settings)
    {
        services.AddSingleton(ChartStyle.Of(settings.ChartTheme));
        services.AddSingleton<IChartRenderer>(provider => new GatewayChartRenderer(
            new GatewayChartOptions(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GatewaySupervisor>>()));
        services.AddSingleton<PictureDesk>();
        services.AddSingleton(provider => new PictureFolder(provider.GetRequiredService<PictureDesk>(), Path.Combine(provider.GetRequiredService<DataFolder>().Path, "pictures")));
        services.AddSingleton(provider => new TradeCandles(
            provider.GetRequiredService<DeskParts>().Recording, provider.GetRequiredService<DataFolder>().Path, provider.GetService<ExchangeParts>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<TradePicture>();
        services.AddSingleton<ResultPictures>();
    }

    public static void AddChat(IServiceCollection services, AppSettings settings)
    {
        services.AddSingleton(provider => new ChatFacts(async cancellation =>
            (await provider.GetRequiredService<TradeQueries>().LastSignalAtAsync(cancellation)).Values.Select(at => (Core.Market.Instant?)at).Max()));
        services.AddSingleton<PostShelf>();
        services.AddSingleton<LessonShelf>();
        services.AddSingleton<FrozenPlans>();
        services.AddSingleton<WhatIf>();
        services.AddSingleton<WhatIfDesk>();
        services.AddSingleton<CommandRegistry>(provider => new CommandRegistry(ChatCommands.All(provider)));
        services.AddSingleton(provider => new ChatDesk(
            provider.GetRequiredService<CommandRegistry>(), provider.GetRequiredService<TradingDesk>(), provider.GetRequiredService<ChatFacts>(), provider.GetRequiredService<Formats>(),
            settings.Telegram.CommandExpiresAfter, provider.GetRequiredService<ILogger<ChatDesk>>()));
    }

    public static void AddJobs(IServiceCollection services, AppSettings settings, DataFolder folder, TerminalScreen? screen)
    {
        services.AddSingleton<JobLog>();
        services.AddSingleton<ProbationLook>();
        services.AddSingleton(provider => new CardRefresh(provider.GetService<PositionCards>(), provider.GetRequiredService<Recipients>()));
        services.AddQuartz(quartz => JobSchedule.Add(quartz, settings.Trading.TimeZone, settings.Probation.IsOn));
        JobQueue.Add(services, folder, settings.Jobs.AtOnce);
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddSingleton(settings.Jobs);
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobFiles>();
        services.AddSingleton(new PastCandles(folder, settings.Market, settings.Exchange));
        services.AddSingleton(new PastPrices(folder, settings.Market, settings.Exchange));
        services.AddSingleton(provider => new PastPosts(provider.GetRequiredService<ChannelHistory>(), provider.GetRequiredService<TradingDesk>(), settings));
        services.AddSingleton<IJobKind, OptimizeJob>();
        services.AddSingleton<IJobKind, StrategyBacktestJob>();
        services.AddSingleton<IJobKind, ChannelBacktestJob>();
        services.AddSingleton<IJobKind, ScorecardJob>();
        services.AddSingleton<JobKinds>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobDesk>();
        // After Quartz, so that it ends before it: what runs is stopped first, and then Quartz waits for it.
        services.AddHostedService(provider => provider.GetRequiredService<JobDesk>());
        if (screen is null)
            return;
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<JobLines>(provider, screen));
        services.AddHostedService(provider => provider.GetRequiredService<JobLines>());
    }

    public static void AddTelegram(IServiceCollection services, TelegramSettings settings, BotToken token)
    {
        var options = new TelegramOptions
        {
            BotToken = token,
            BaseUrl = new Uri(settings.BaseUrl),
            Proxy = settings.Proxy is { } proxy ? new Uri(proxy) : null,
            Sending = new SendingLimits
            {
                // A few may come at once, as people send them; over three seconds the rate is kept.
                PerChat = new RateLimit(Math.Max(1, (int)(settings.MessagesPerSecondPerChat * 3m)), TimeSpan.FromSeconds(3)),
                Overall = new RateLimit((int)settings.MessagesPerSecond, TimeSpan.FromSeconds(1)),
            },
        };
        services.AddSingleton(options);
        services.AddSingleton(_ => TelegramHttp.CreateClient(options));
        services.AddSingleton<ITelegramApi, TelegramApi>();
        services.AddSingleton(provider => new TelegramSender(
            provider.GetRequiredService<ITelegramApi>(), options.Sending, provider.GetRequiredService<TimeProvider>(), Random.Shared.NextDouble, provider.GetRequiredService<ILogger<TelegramSender>>()));
        services.AddSingleton<TelegramState>();
        services.AddSingleton<PositionCards>();
        services.AddSingleton<JobCards>();
        services.AddHostedService(provider => provider.GetRequiredService<JobCards>());
        services.AddSingleton<CommandMenu>();
        services.AddSingleton(provider => new Strangers(
            provider.GetRequiredService<TelegramSender>(), provider.GetRequiredService<Recipients>().All.Select(chat => (long?)chat).FirstOrDefault(),
            new StrangerBook(provider.GetRequiredService<KeyValueStore>()).Meet, provider.GetRequiredService<ILogger<Strangers>>()));
        services.AddSingleton<TelegramFront.TelegramFront>();
        services.AddSingleton<ReportPicture>();
        services.AddSingleton<TelegramNotifier>();
        services.AddSingleton<ICommitListener>(provider => provider.GetRequiredService<TelegramNotifier>());
        services.AddHostedService(provider => provider.GetRequiredService<TelegramNotifier>());
        services.AddHostedService<TelegramService>();
    }
}
