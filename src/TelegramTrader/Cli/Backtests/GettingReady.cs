namespace TelegramTrader.Cli.Backtests;

/// <summary>Code is compiled when it is first used, and once more, better, when it is used often. That can happen on another core while something is read.</summary>
internal static class GettingReady
{
    /// <param name="once">Uses the code on something of no meaning; again and again until the reading is done, at least once.</param>
    public static async Task<T> WhileAsync<T>(Action once, Func<Task<T>> read)
    {
        using var done = new CancellationTokenSource();
        var ready = Task.Run(
            () =>
            {
                do
                    once();
                while (!done.IsCancellationRequested);
            },
            CancellationToken.None);
        try
        {
            return await read();
        }
        finally
        {
            await done.CancelAsync();
            await ready;
        }
    }
}
