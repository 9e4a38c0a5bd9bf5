using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Twin;
using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Trading.Twin;

/// <summary>
/// The paper twin of a live desk, for whoever stands beside it. Whatever goes wrong here stays here: it is said in <see cref="Stopped"/>, and live trading never hears of it.
/// </summary>
public sealed class TwinDesk : IDisposable
{
    private readonly Stack<IDisposable> _parts;
    private readonly OpenTwin? _open;
    private string? _stopped;

    private TwinDesk(TwinQueue queue, OpenTwin? open, Stack<IDisposable> parts, string? stopped) => (Queue, _open, _parts, _stopped) = (queue, open, parts, stopped);

    /// <summary>Where the live desk tells what happens.</summary>
    public TwinQueue Queue { get; }

    /// <summary>Why the twin does not trade any more, or never began to; null while it does.</summary>
    public string? Stopped => Volatile.Read(ref _stopped);

    /// <summary>What the twin trades, so that its prices and funding are asked for.</summary>
    public IReadOnlyCollection<Symbol> Traded => Stopped is null ? _open?.Twin.Traded ?? [] : [];

    /// <param name="queue">Where the live desk tells what happens.</param>
    /// <param name="open">Opens the twin's folder and puts its parts together; what is to be closed again it puts on the stack.</param>
    internal static TwinDesk Open(TwinQueue queue, Func<Stack<IDisposable>, OpenTwin> open)
    {
        var parts = new Stack<IDisposable>();
        try
        {
            return new TwinDesk(queue, open(parts), parts, null);
        }
        catch (Exception exception)
        {
            // Not even a damaged file of the twin keeps live positions from being managed.
            queue.Close();
            return new TwinDesk(queue, null, parts, exception.Message);
        }
    }

    /// <summary>Live less paper, one sum an asset, over the trades that ended live in [<paramref name="from"/>, <paramref name="until"/>).</summary>
    public IReadOnlyList<ExecutionSum> Sums(Instant? from = null, Instant? until = null) => _open?.Book.Sums(from, until) ?? [];

    internal void Start(Instant now)
    {
        if (_open is { } open)
            open.Twin.Start(open.LiveTrades, open.Instruments, open.Store.Since(now), open.Store.TakeMark()?.At, now);
    }

    /// <summary>Handles what has come, at most so much at once that ticks keep their time.</summary>
    internal void HandleWaiting(int atMost = 1_000)
    {
        for (var handled = 0; handled < atMost && Queue.Reader.TryRead(out var input); handled++)
            _open?.Twin.Handle(input);
        if (Queue.TakeLost())
            _open?.Twin.MissedSomething();
    }

    internal void Tick(Instant now) => _open?.Twin.Tick(now);

    /// <summary>Everything was told: the next start may go on from here.</summary>
    internal void EndInOrder(Instant now)
    {
        HandleWaiting(int.MaxValue);
        _open?.Store.Mark(now);
    }

    internal void CleanUp(Instant olderThan)
    {
        if (_open is { } open)
            new StorageMaintenance(open.Folder).CleanUp(olderThan);
    }

    internal void Stop(string reason)
    {
        Volatile.Write(ref _stopped, reason);
        Queue.Close();
    }

    public void Dispose()
    {
        while (_parts.TryPop(out var part))
            part.Dispose();
    }
}

/// <summary>The parts of a twin that could be opened.</summary>
/// <param name="LiveTrades">As the live desk stored them.</param>
/// <param name="Instruments">As last read.</param>
internal sealed record OpenTwin(
    PaperTwin Twin, TwinBook Book, TwinStore Store, DataFolder Folder, IReadOnlyCollection<Trade> LiveTrades, IReadOnlyList<Instrument> Instruments);
