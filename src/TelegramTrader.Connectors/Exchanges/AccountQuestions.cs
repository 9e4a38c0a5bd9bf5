using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// What the engine asks about the account: one reading at a time, and what is asked meanwhile is asked together in the next. Until there was a reading since the account was
/// opened, and while the outcome of an order is unknown, a position may stand there without a stop: such a reading goes before everything that only looks.
/// </summary>
internal sealed class AccountQuestions(ExchangeSession session, AccountReader reader, IEventSink sink, CcxtExchangeOptions options, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<ClientOrderId, byte> _inDoubt = [];
    private HashSet<ClientOrderId>? _asked;
    private bool _isAsking;
    private volatile bool _isRead;

    /// <summary>The outcome of the order is unknown until it was read.</summary>
    public void IsInDoubt(ClientOrderId id) => _inDoubt[id] = 0;

    /// <summary>The account was opened anew: whatever happened in between is not known.</summary>
    public void Forget() => _isRead = false;

    /// <returns>Whether <see cref="AnswerAsync"/> is to be run.</returns>
    public bool Add(IReadOnlyList<ClientOrderId> orders)
    {
        lock (_gate)
        {
            (_asked ??= []).UnionWith(orders);
            if (_isAsking)
                return false;
            return _isAsking = true;
        }
    }

    /// <summary>Reads the account until nothing is asked any more, and tells the engine.</summary>
    public async Task AnswerAsync(CancellationToken cancellationToken)
    {
        while (Next() is { } orders)
        {
            try
            {
                var report = await ReadAsync(orders, cancellationToken);
                // The engine tells people of the first failure only; here is why each of them was one.
                if (report is EngineEvent.AccountReportFailed failed)
                    logger.LogWarning("The account {Account} could not be read: {Reason}", session.Account.Id.Value, failed.Error.Message);
                sink.Post(report);
            }
            catch
            {
                // Ending, or a fault of ours that is logged where tasks end: the next question must find the way free.
                lock (_gate)
                    _isAsking = false;
                throw;
            }
        }
    }

    private ClientOrderId[]? Next()
    {
        lock (_gate)
        {
            var orders = _asked?.OrderBy(id => id.Value, StringComparer.Ordinal).ToArray();
            _asked = null;
            if (orders is null)
                _isAsking = false;
            return orders;
        }
    }

    /// <summary>Reading does no harm: what only broke on the way is tried again soon, because a position may be waiting for its stop.</summary>
    private async Task<EngineEvent> ReadAsync(IReadOnlyList<ClientOrderId> orders, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await session.WaitUntilOpenAsync(options.WaitUntilOpen, cancellationToken);
            var doubted = orders.Where(_inDoubt.ContainsKey).ToArray();
            var report = await reader.ReadAsync(orders, _isRead && doubted.Length == 0 ? RequestPriority.Read : RequestPriority.Watch, cancellationToken);
            if (report is EngineEvent.AccountReported)
            {
                _isRead = true;
                foreach (var id in doubted)
                    _inDoubt.TryRemove(id, out _);
            }

            if (attempt >= options.ReadAttempts || report is not EngineEvent.AccountReportFailed { Error.MayPass: true } failed)
                return report;
            logger.LogInformation("The account {Account} is read again: {Reason}", session.Account.Id.Value, failed.Error.Message);
            await Task.Delay(options.ReadAgainAfter, time, cancellationToken);
        }
    }
}
