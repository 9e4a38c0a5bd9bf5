using Microsoft.Extensions.DependencyInjection;

namespace TelegramTrader.Chat.Commands;

/// <summary>The one list of commands. A command is added by writing its file and naming it here.</summary>
public static class ChatCommands
{
    public static IEnumerable<IChatCommand> All(IServiceProvider services) =>
    [
        new HelpCommand(services.GetRequiredService<CommandRegistry>),
        new VersionCommand(),
        Make<StartCommand>(services),
        Make<StatusCommand>(services),
        Make<PositionsCommand>(services),
        Make<PositionCommand>(services),
        Make<BalancesCommand>(services),
        Make<StatisticsCommand>(services),
        Make<ChartCommand>(services),
        Make<SignalsCommand>(services),
        Make<WhyCommand>(services),
        Make<ParseCommand>(services),
        Make<TeachCommand>(services),
        Make<ProfileCommand>(services),
        Make<UnteachCommand>(services),
        Make<WhatIfCommand>(services),
        Make<RiskCommand>(services),
        Make<HealthCommand>(services),
        Make<ChannelsCommand>(services),
        Make<LoginCommand>(services),
        Make<FollowCommand>(services),
        Make<UnfollowCommand>(services),
        Make<BackfillCommand>(services),
        Make<TradeCommand>(services),
        Make<CloseCommand>(services),
        Make<CloseAllCommand>(services),
        Make<BreakevenCommand>(services),
        Make<MoveStopCommand>(services),
        Make<PauseCommand>(services),
        Make<ResumeCommand>(services),
        Make<StopCommand>(services),
        Make<PanicCommand>(services),
        Make<LiveCommand>(services),
        Make<ExchangesCommand>(services),
        Make<ReconcileCommand>(services),
        Make<BacktestCommand>(services),
        Make<OptimizeCommand>(services),
        Make<ScorecardCommand>(services),
        Make<JobsCommand>(services),
    ];

    private static T Make<T>(IServiceProvider services)
        where T : IChatCommand => ActivatorUtilities.CreateInstance<T>(services);
}
