using System.Globalization;

namespace TelegramTrader.Cli.Backtests;

/// <summary>Says how far a backtest is, each tenth once. From any thread.</summary>
internal sealed class SweepProgress(long total, string what, TextWriter errors)
{
    private readonly Lock _gate = new();
    private long _done;
    private long _told;

    public void Add(long done)
    {
        var now = Interlocked.Add(ref _done, done);
        // Most additions say nothing, and must not wait for each other.
        if (now * 10 / total <= Volatile.Read(ref _told))
            return;
        lock (_gate)
        {
            var tenths = now * 10 / total;
            if (tenths <= _told)
                return;
            Volatile.Write(ref _told, tenths);
            errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tenths * 10} % of {total} {what}"));
        }
    }
}
