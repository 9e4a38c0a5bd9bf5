namespace TelegramTrader.Jobs.Work;

/// <summary>How far one running job is. Hears it far more often than anybody wants to know, and passes it on from time to time. From any thread.</summary>
/// <param name="tell">Called at most once in each <paramref name="every"/>.</param>
public sealed class JobProgress(TimeProvider time, TimeSpan every, Action<double> tell) : IProgress<double>
{
    private readonly long _from = time.GetTimestamp();
    private readonly Lock _gate = new();
    private long _told = time.GetTimestamp();
    private double _share;

    /// <summary>0 to 1.</summary>
    public double Share => Volatile.Read(ref _share);

    /// <summary>How long it will still take, if it goes on as before; null while that can't be said.</summary>
    public TimeSpan? Left => Share is > 0.01 and var share ? time.GetElapsedTime(_from) * ((1 - share) / share) : null;

    public void Report(double value)
    {
        Volatile.Write(ref _share, Math.Clamp(value, 0, 1));
        if (time.GetElapsedTime(Volatile.Read(ref _told)) < every || !_gate.TryEnter())
            return;
        try
        {
            Volatile.Write(ref _told, time.GetTimestamp());
            tell(Share);
        }
        finally
        {
            _gate.Exit();
        }
    }
}
