using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Twin;
using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Trading.Twin;

/// <summary>
/// The paper twin of a live desk, for whoever stands beside it. Whatever goes wrong here stays here: it is said in <see cref="Stopped"/>, and live trading never hears of it.
/// </summary>
/// <param name="queue">Where the live desk tells what happens.</param>
/// <param name="open">Opens the twin's folder and puts its parts together; what is to be closed again it puts on the stack. Called on the twin's own thread: looking through a large file takes time.</param>
public sealed class TwinDesk(TwinQueue queue, Func<Stack<IDisposable>, OpenTwin> open) : IDisposable
{
    private readonly Stack<IDisposable> _parts = [];
    private volatile OpenTwin? _open;
    private volatile string? _stopped;

    /// <summary>Where the live desk tells what happens.</summary>
    public TwinQueue Queue { get; } = queue;

    /// <summary>Why the twin does not trade any more, or never began to; null while it does.</summary>
    public string? Stopped => _stopped;

    /// <summary>What the twin trades, so that its funding is asked for.</summary>
    public IReadOnlyCollection<Symbol> Traded => _stopped is null ? _open?.Twin.Traded ?? [] : [];

    /// <summary>Live less paper, one sum an asset, over the trades that ended live in [<paramref name="from"/>, <paramref name="until"/>).</summary>
    public IReadOnlyList<ExecutionSum> Sums(Instant? from = null, Instant? until = null) => _open?.Book.Sums(from, until) ?? [];

    /// <summary>Opens the twin and takes up what an earlier run left. Whatever it throws is the twin's end.</summary>
    internal void Start(Instant now)
    {
        var opened = open(_parts);
        opened.Twin.Start(opened.LiveTrades, opened.Instruments, opened.Store.Since(now), opened.Store.TakeMark()?.At, now);
        _open = opened;
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
        if (_open is { } opened)
            new StorageMaintenance(opened.Folder).CleanUp(olderThan);
    }

    internal void Stop(string reason)
    {
        _stopped = reason;
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
public sealed record OpenTwin(
    PaperTwin Twin, TwinBook Book, TwinStore Store, DataFolder Folder, IReadOnlyCollection<Trade> LiveTrades, IReadOnlyList<Instrument> Instruments);
