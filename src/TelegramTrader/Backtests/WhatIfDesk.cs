using Microsoft.Extensions.Hosting;
using TelegramTrader.Core.Engine;

namespace TelegramTrader.Backtests;

/// <summary>
/// Answers what-if questions beside the engine: one at a time, on a thread of its own that gives way to everybody else's, and ended with the bot. The engine's thread has no part in it.
/// </summary>
public sealed class WhatIfDesk(WhatIf whatIf, IHostApplicationLifetime life)
{
    private int _running;

    /// <returns>The answers, one for each question; null when another one is being worked on. The task fails with <see cref="PriceSourceException"/> where there are no prices.</returns>
    public Task<IReadOnlyList<WhatIfResult>>? Begin(IReadOnlyList<WhatIfOrder> orders, IReadOnlyList<TaughtRule> taught)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
            return null;
        var answer = new TaskCompletionSource<IReadOnlyList<WhatIfResult>>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Work(orders, taught, answer)) { IsBackground = true, Name = "what-if", Priority = ThreadPriority.BelowNormal }.Start();
        return answer.Task;
    }

    private void Work(IReadOnlyList<WhatIfOrder> orders, IReadOnlyList<TaughtRule> taught, TaskCompletionSource<IReadOnlyList<WhatIfResult>> answer)
    {
        try
        {
            var results = orders.Select(order => whatIf.RunAsync(order, taught, null, life.ApplicationStopping).GetAwaiter().GetResult()).ToArray();
            Volatile.Write(ref _running, 0);
            answer.SetResult(results);
        }
        catch (OperationCanceledException)
        {
            Volatile.Write(ref _running, 0);
            answer.SetCanceled();
        }
        catch (Exception exception)
        {
            // Whoever asked gets it; a thread's own end would be the program's.
            Volatile.Write(ref _running, 0);
            answer.SetException(exception);
        }
    }
}
