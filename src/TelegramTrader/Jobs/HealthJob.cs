using Microsoft.Extensions.Logging;
using Quartz;
using TelegramTrader.Trading;

namespace TelegramTrader.Jobs;

/// <summary>Every minute: looks at the bot's health and logs what is wrong, once per change.</summary>
[DisallowConcurrentExecution]
public sealed class HealthJob(HealthChecks checks, JobLog jobs, ILogger<HealthJob> log) : IJob
{
    // The job is made anew for each run; what the last one found lives with the checks.
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var findings = await checks.LookAsync(cancellationToken);
        foreach (var change in checks.ChangesSinceLast(findings))
            if (change.IsWell)
                log.LogInformation("{Name} is well again: {Text}", change.Name, change.Text);
            else
                log.LogWarning("{Name}: {Text}", change.Name, change.Text);
        jobs.Ran(nameof(HealthJob));
    }
}
