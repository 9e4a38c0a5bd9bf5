namespace TelegramTrader.Trading;

/// <summary>Several loops that make sense together only.</summary>
internal static class Loops
{
    /// <summary>Runs until all have ended. When one fails the others are cancelled, and its failure is thrown once they have ended: it must not go unnoticed until they end by themselves.</summary>
    /// <exception cref="OperationCanceledException">Cancelled from outside.</exception>
    public static async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> loops, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var tasks = loops.Select(loop => loop(ending.Token)).ToArray();
        var running = tasks.ToList();
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
                await ending.CancelAsync();
        }

        await Task.WhenAll(tasks);
    }
}
