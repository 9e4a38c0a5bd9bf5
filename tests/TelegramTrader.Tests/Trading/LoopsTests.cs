using TelegramTrader.Tests.Support;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.Trading;

public sealed class LoopsTests
{
    [Fact]
    public async Task Run_OneFails_EndsTheOthersAndTellsWhy()
    {
        var ended = false;

        var running = Loops.RunAsync([WaitAsync, _ => Task.CompletedTask, _ => Task.FromException(new InvalidOperationException("the sky fell"))], CancellationToken.None);

        Assert.Equal("the sky fell", (await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(ManualTimeProvider.Patience))).Message);
        Assert.True(ended);

        async Task WaitAsync(CancellationToken cancellation)
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }
            finally
            {
                ended = true;
            }
        }
    }

    [Fact]
    public async Task Run_Cancelled_EndsThemAll()
    {
        using var ending = new CancellationTokenSource();
        var running = Loops.RunAsync([cancellation => Task.Delay(Timeout.InfiniteTimeSpan, cancellation), cancellation => Task.Delay(Timeout.InfiniteTimeSpan, cancellation)], ending.Token);
        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(ManualTimeProvider.Patience));
    }
}
