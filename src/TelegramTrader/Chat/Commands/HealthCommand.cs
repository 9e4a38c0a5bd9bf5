using TelegramTrader.Jobs;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class HealthCommand(TradingDesk desk, Formats formats, HealthChecks checks, JobLog jobs, TimeProvider time) : ChatCommand(desk, formats)
{
    public override string Name => "health";

    public override string Help => "whether every part of the bot works";

    public override CommandGroup Group => CommandGroup.See;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var text = new AnswerBuilder();
        foreach (var finding in await checks.LookAsync(cancellation))
            text.Line(finding.Line);
        text.Line($"Running for {Formats.Age(checks.Uptime)}, memory {Environment.WorkingSet / 1_000_000} MB");
        foreach (var (job, at) in jobs.LastRuns.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            text.Line($"{job} ran {Formats.Age(time.GetUtcNow() - at)} ago");
        return text.Build();
    }
}
