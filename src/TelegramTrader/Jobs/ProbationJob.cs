using Microsoft.Extensions.Logging;
using Quartz;
using TelegramTrader.Backtests;

namespace TelegramTrader.Jobs;

/// <summary>Every hour, where probation is switched on: looks at the results of every channel. The engine keeps what comes of it and tells people.</summary>
[DisallowConcurrentExecution]
public sealed class ProbationJob(ProbationLook look, JobLog jobs, ILogger<ProbationJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var (channel, change) in await look.LookAsync(cancellationToken))
            log.LogInformation("{Channel} is {State} probation: {Reason}", channel, change.OnProbation ? "on" : "off", change.Reason);
        foreach (var trouble in look.Trouble)
            log.LogWarning("Not looked at for probation: {Trouble}", trouble);
        jobs.Ran(nameof(ProbationJob));
    }
}
