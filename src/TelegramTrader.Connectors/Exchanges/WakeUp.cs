namespace TelegramTrader.Connectors.Exchanges;

/// <summary>Wakes a loop that waits before its time. Several calls while it is busy are one; none is lost. One loop waits, any thread wakes.</summary>
internal sealed class WakeUp(TimeProvider time)
{
    private TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Call() => Volatile.Read(ref _called).TrySetResult();

    /// <summary>Until it is called or the time is over.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using (var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            await Task.WhenAny(Volatile.Read(ref _called).Task, Task.Delay(atMost, time, waiting.Token));
            await waiting.CancelAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Exchange(ref _called, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
