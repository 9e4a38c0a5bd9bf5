using System.Collections.Concurrent;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Engine;

/// <summary>
/// Feeds the engine from a queue that any thread may fill, and lets nothing out before it is committed: event, changed state and outbox are written in one
/// transaction, and only then are orders handed to the exchange and listeners told. <see cref="RunPending"/> is called by one thread only.
/// An exception while an event is handled, committed or carried out stops the runner for good: memory is then ahead of storage, or what was committed
/// was not sent, and only a restart from storage is safe.
/// </summary>
public sealed class EngineRunner(TradingEngine engine, IJournal journal, IExchange exchange, IReadOnlyList<ICommitListener> listeners) : IEventSink
{
    private readonly ConcurrentQueue<Work> _queue = new();
    private readonly Dictionary<Symbol, Quote> _quotesSinceCommit = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource<OperatorResult>> _commands = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _wake = new(0);
    private Exception? _failure;

    /// <summary>Why the runner stopped; null while it works.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    public void Post(EngineEvent engineEvent) => Enqueue(new Work(engineEvent, null));

    /// <summary>Reads the state between two events, on the engine's thread. The result must not hold on to anything mutable.</summary>
    public Task<T> ReadAsync<T>(Func<EngineState, T> read)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new Work(null, () =>
        {
            try
            {
                result.SetResult(read(engine.State));
            }
            catch (Exception exception)
            {
                // The reader's mistake belongs to the reader, not to the engine.
                result.SetException(exception);
            }
        }));
        return result.Task;
    }

    /// <summary>Has something done on the engine's thread, after all that was posted before. For whoever moves an exchange that lives there. A failure stops the runner.</summary>
    public void Do(Action action) => Enqueue(new Work(null, () => OrStop(action)));

    /// <summary>Hands a command to the engine and waits for what came of it.</summary>
    public Task<OperatorResult> CommandAsync(OperatorCommand command, Instant at)
    {
        var result = new TaskCompletionSource<OperatorResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_commands.TryAdd(command.Id, result))
            return Task.FromResult<OperatorResult>(new OperatorResult.Refused("this command is being carried out already"));
        Post(new EngineEvent.OperatorCommanded(command) { At = at });
        // It may have stopped between the two lines above, when nobody would answer any more.
        if (_failure is not null)
            result.TrySetException(Stopped());
        return result.Task;
    }

    /// <summary>Handles everything in the queue, and everything that this puts into it. Returns the number of events handled.</summary>
    public int RunPending()
    {
        var handled = 0;
        while (_queue.TryDequeue(out var work))
        {
            if (work.Event is { } engineEvent)
            {
                HandleOrStop(engineEvent);
                handled++;
            }
            else
            {
                work.Read!();
            }
        }

        return handled;
    }

    /// <summary>Handles one event at once, without the queue, and then whatever it put there. For feeds that run on the engine's own thread.</summary>
    public void HandleNow(EngineEvent engineEvent)
    {
        HandleOrStop(engineEvent);
        if (!_queue.IsEmpty)
            RunPending();
    }

    /// <summary>Waits until something is in the queue or the time is over.</summary>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellation) => _wake.WaitAsync(atMost, cancellation);

    private void Enqueue(Work work)
    {
        _queue.Enqueue(work);
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }

    private void HandleOrStop(EngineEvent engineEvent) => OrStop(() => Handle(engineEvent));

    private void OrStop(Action action)
    {
        if (_failure is not null)
            throw Stopped();
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _failure, exception);
            foreach (var waiting in _commands.Values)
                waiting.TrySetException(Stopped());
            throw;
        }
    }

    private InvalidOperationException Stopped() => new("The engine has stopped; only a restart from storage is safe.", _failure);

    private void Handle(EngineEvent engineEvent)
    {
        if (!engine.Handle(engineEvent))
        {
            if (engineEvent is EngineEvent.QuoteReceived { Quote: var unremarkable })
                _quotesSinceCommit[unremarkable.Symbol] = unremarkable;
            return;
        }

        var commit = new EngineCommit
        {
            Event = engineEvent,
            QuotesBefore = [.. _quotesSinceCommit.Values],
            Outputs = engine.Outputs,
            Changes = engine.Changes,
            Now = engine.State.Now,
            Scalars = engine.Scalars,
        };
        journal.Commit(commit);
        _quotesSinceCommit.Clear();
        Carry(commit);
    }

    private void Carry(EngineCommit commit)
    {
        foreach (var output in commit.Outputs)
            switch (output)
            {
                case EngineOutput.Place place:
                    exchange.Place(place.Order);
                    break;
                case EngineOutput.Cancel cancel:
                    exchange.Cancel(cancel.Symbol, cancel.OrderId);
                    break;
                case EngineOutput.Amend amend:
                    exchange.Amend(amend.Symbol, amend.OrderId, amend.Change);
                    break;
                case EngineOutput.WithdrawForeign foreign:
                    exchange.WithdrawForeign(foreign.Symbol, foreign.ExchangeId);
                    break;
                case EngineOutput.AskAccount ask:
                    exchange.AskAccount(ask.Orders);
                    break;
            }

        foreach (var listener in listeners)
            listener.Committed(commit);
        foreach (var output in commit.Outputs)
            if (output is EngineOutput.Answer answer && _commands.TryRemove(answer.CommandId, out var waiting))
                waiting.SetResult(answer.Result);
    }

    private sealed record Work(EngineEvent? Event, Action? Read);
}
