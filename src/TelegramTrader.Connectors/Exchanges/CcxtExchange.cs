using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// A real exchange behind the engine's port, over CCXT in the gateway. Every call returns at once; what came of it comes back as an event. An order is sent once: when it is
/// not certain what came of it, that is what is said. Executions are pushed where the exchange pushes, and looked for after everything that may have brought one.
/// </summary>
public sealed class CcxtExchange : IExchange, IAsyncDisposable
{
    private readonly ExchangeSession _session;
    private readonly IEventSink _sink;
    private readonly TimeProvider _time;
    private readonly ILogger<CcxtExchange> _logger;
    private readonly KnownOrders _known = new();
    private readonly PositionPreparation _preparation;
    private readonly OrderSender _sender;
    private readonly FillFollower _fills;
    private readonly WithdrawnExecutions _withdrawn;
    private readonly CcxtExchangeOptions _options;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<Task, byte> _underWay = [];
    private readonly ConcurrentDictionary<Symbol, bool> _lookingAt = [];
    private readonly AccountQuestions _questions;
    private readonly OpenOrderList _openOrders;
    private volatile bool _isPushed;

    /// <param name="orders">Those of earlier runs that the engine still remembers, each with the time when it was made.</param>
    public CcxtExchange(
        ExchangeSession session, IEnumerable<Order> orders, IEventSink sink, CcxtExchangeOptions options, TimeProvider time, ILogger<CcxtExchange> logger)
    {
        _session = session;
        _sink = sink;
        _time = time;
        _logger = logger;
        _options = options;
        _preparation = new PositionPreparation(session, options, time);
        _sender = new OrderSender(session, _known, _preparation, options.EntryLeavesWithin, time);
        var lookUp = new OrderLookUp(session, _known);
        _fills = new FillFollower(session, _known, lookUp, logger);
        _withdrawn = new WithdrawnExecutions(_known, lookUp, _fills, options, time);
        _questions = new AccountQuestions(session, new AccountReader(session, _known, lookUp, _fills, time), sink, options, time, logger);
        _openOrders = new OpenOrderList(session, _known, sink, options, time, logger);
        foreach (var order in orders)
        {
            // With a change under way it may be for more than was wanted first.
            _known.Remember(order.Intent with { Quantity = order.Filled + order.Remaining }, order.CreatedAt);
            if (!order.IsLive && !order.InDoubt)
                _known.End(order.Id);
        }

        session.Opened += OnOpened;
        session.Told += OnTold;
    }

    public AccountId Account => _session.Account.Id;

    public ExchangeCapabilities Capabilities => new(_session.Account.HoldsStops) { ArrivesWithin = ReceiveWindows.ArrivesWithin(_session.Account.Exchange) };

    public void Place(ApprovedOrder order)
    {
        var intent = order.Intent;
        _known.Remember(intent, Now);
        Start(async cancellation =>
        {
            if (await _sender.PlaceAsync(intent, cancellation) is not { } answers)
                return;
            foreach (var said in answers)
            {
                // One that ended as it came, at the market for example, may have been executed in part.
                var answer = said is OrderAnswer.Cancelled && _session.Account.Kind == ExchangeMarketKind.Spot && !await _withdrawn.AreToldAsync(intent.Id, null, Say, cancellation)
                    ? new OrderAnswer.OutcomeUnknown("it has ended, and what was executed before is not told yet") : said;
                if (answer is OrderAnswer.OutcomeUnknown)
                    _questions.IsInDoubt(intent.Id);
                Say(intent.Id, answer);
            }

            if (answers is [OrderAnswer.Rejected { Error.Kind: not ExchangeErrorKind.DuplicateClientOrderId }])
                _known.End(intent.Id);
            else
                // At the market it is filled by now; of any other order it is as well to know.
                await LookForFillsAsync(intent.Symbol, cancellation);
        });
    }

    public void Cancel(Symbol symbol, ClientOrderId orderId) => Start(async cancellation =>
    {
        var (answer, filled) = await _sender.CancelAsync(symbol, orderId, cancellation);
        if (answer is OrderAnswer.Cancelled && _session.Account.Kind == ExchangeMarketKind.Spot && !await _withdrawn.AreToldAsync(orderId, filled, Say, cancellation))
            answer = new OrderAnswer.CancelRefused(new ExchangeError(ExchangeErrorKind.Network, "executions", "it was withdrawn, and what was executed before is not told yet"));
        Say(orderId, answer);
        // It may have been filled in part, or in full, before it was withdrawn.
        await LookForFillsAsync(symbol, cancellation);
        if (answer is OrderAnswer.Cancelled)
            _known.End(orderId);
    });

    public void Amend(Symbol symbol, ClientOrderId orderId, OrderChange change) => Start(async cancellation =>
    {
        var answer = await _sender.AmendAsync(symbol, orderId, change, cancellation);
        if (answer is OrderAnswer.AmendUnknown)
            _questions.IsInDoubt(orderId);
        Say(orderId, answer);
        // One that can't be found any more was mostly executed.
        if (answer is OrderAnswer.AmendRefused { Error.Kind: ExchangeErrorKind.OrderNotFound })
            await LookForFillsAsync(symbol, cancellation);
    });

    public void WithdrawForeign(Symbol symbol, string exchangeId) => Start(async cancellation =>
    {
        await _openOrders.WithdrawAsync(symbol, exchangeId, cancellation);
        AskAccount([]);
    });

    public void AskAccount(IReadOnlyList<ClientOrderId> orders)
    {
        if (_questions.Add(orders))
            Start(_questions.AnswerAsync);
        if (_openOrders.Plan())
            Start(_openOrders.ReadWhenDueAsync);
    }

    /// <summary>Looks for executions again and again while there are orders that may bring one. Runs until cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        for (var wholeAt = Now; ;)
        {
            await Task.Delay(_options.LookEvery, _time, cancellationToken);
            _known.Forget(Now - _options.RememberFor);
            if (_session.State is not SessionState.Open)
                continue;
            // A push may be lost. What an entry has filled must not wait long for its stop; an exit can.
            var isWhole = !_isPushed || Now - wholeAt >= _options.LookEveryWhenPushed;
            if (isWhole)
                wholeAt = Now;
            foreach (var symbol in _known.OpenSymbols().Where(symbol => isWhole || _known.MayOpen(symbol)))
                await LookForFillsAsync(symbol, cancellationToken);
        }
    }

    /// <summary>Ends when everything that was begun has ended.</summary>
    public async Task IdleAsync()
    {
        while (!_underWay.IsEmpty)
            await Task.WhenAll(_underWay.Keys);
    }

    public async ValueTask DisposeAsync()
    {
        _session.Opened -= OnOpened;
        _session.Told -= OnTold;
        await _ending.CancelAsync();
        await IdleAsync();
        _ending.Dispose();
    }

    private Instant Now => Instant.From(_time.GetUtcNow());

    private void Say(ClientOrderId id, OrderAnswer answer) => _sink.Post(new EngineEvent.OrderAnswered(id, answer) { At = Now });

    private async Task LookForFillsAsync(Symbol symbol, CancellationToken cancellationToken)
    {
        // Whoever looks already may have asked before the execution: one more look is kept for after it.
        while (!_lookingAt.TryAdd(symbol, false))
            if (_lookingAt.TryUpdate(symbol, true, false) || _lookingAt.TryGetValue(symbol, out var isKept) && isKept)
                return;
        try
        {
            do
            {
                _lookingAt[symbol] = false;
                foreach (var fill in await ReadFillsAsync(symbol, cancellationToken))
                    Say(fill);
            }
            while (!_lookingAt.TryRemove(KeyValuePair.Create(symbol, false)));
        }
        catch
        {
            _lookingAt.TryRemove(symbol, out _);
            throw;
        }
    }

    /// <summary>What an entry has filled waits for its stop: that is asked for before what only looks, and again at once when the question broke on the way.</summary>
    private async Task<IReadOnlyList<Fill>> ReadFillsAsync(Symbol symbol, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isUrgent = _known.MayOpen(symbol);
            var (fills, failure) = await _fills.ReadNewAsync(symbol, Now - _options.FirstLookBack, isUrgent ? RequestPriority.Watch : RequestPriority.Read, cancellationToken);
            if (failure is null)
                return fills;
            _logger.LogWarning("The executions of {Symbol} could not be read: {Reason}", symbol, failure.Error.Message);
            if (!isUrgent || attempt >= _options.ReadAttempts || !failure.Error.MayPass || _session.State is not SessionState.Open)
                return [];
            await Task.Delay(_options.ReadAgainAfter, _time, cancellationToken);
        }
    }

    private void Say(Fill fill)
    {
        _known.Executed(fill.OrderId, fill.FillId, fill.Quantity);
        _sink.Post(new EngineEvent.OrderFilled(fill, null) { At = Now });
    }

    private void OnOpened()
    {
        // A gateway that has just started knows nothing of what was watched, and something may have been pushed to nobody meanwhile.
        _isPushed = false;
        _preparation.Forget();
        _questions.Forget();
        Start(async cancellation =>
        {
            var answer = await _session.CallAsync<JsonElement>(RequestPriority.Read, 1, "exchange.watchAccount", new { account = Account.Value }, cancellation);
            if (ExchangeErrors.Of(answer) is { Error.Kind: not ExchangeErrorKind.NotSupported } failure)
                _logger.LogWarning("{Account} pushes nothing: {Reason} Its executions are asked for instead", Account.Value, failure.Error.Message);
            foreach (var symbol in _known.OpenSymbols())
                await LookForFillsAsync(symbol, cancellation);
        });
    }

    private void OnTold(string method, JsonElement parameters)
    {
        bool Is(string name, string text) => parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() == text;

        switch (method)
        {
            case "exchange.fill" when GatewayJson.Read<ToldFill>(method, parameters) is GatewayAnswer<ToldFill>.Ok { Value.Fill: var wire }:
                // The fee belongs to the result, and on spot it decides what is held: one that is not told yet is in the list of executions.
                if (wire.Fee is not null && _fills.Read(wire) is { } fill)
                    Say(fill);
                else if (Symbol.TryParse(wire.Symbol, out var symbol) && _known.OpenSymbols().Contains(symbol))
                    // Its order is not known by that number yet, and may be in a moment.
                    Start(cancellation => LookForFillsAsync(symbol, cancellation));
                break;
            case "exchange.order" when GatewayJson.Read<ToldOrder>(method, parameters) is GatewayAnswer<ToldOrder>.Ok { Value.Order: var order }:
                OnTold(order);
                break;
            case "exchange.accountFeed":
                if (Is("what", "fills"))
                    _isPushed = Is("state", "started");
                break;
        }
    }

    private void OnTold(OrderWire order)
    {
        if (_known.OwnerOf(order.Symbol, order.Id ?? "", order.ClientOrderId) is not { } known)
            return;
        _known.Learn(known.Intent.Id, order.Id, order.ChildId);
        // Only what can't be misunderstood; of everything else the account is asked. An order that is pushed as withdrawn may have been filled in part, and half a pair says nothing.
        if (order.Status is "canceled" or "expired" or "rejected" or "closed" || known.IsPair && order.Status is null)
            Start(async cancellation =>
            {
                await LookForFillsAsync(known.Intent.Symbol, cancellation);
                AskAccount([known.Intent.Id]);
            });
    }

    private void Start(Func<CancellationToken, Task> work)
    {
        if (_ending.IsCancellationRequested)
            return;
        var task = Task.Run(async () =>
        {
            try
            {
                await work(_ending.Token);
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                _logger.LogDebug("The program ends; what was under way with {Account} is asked about at the next start", Account.Value);
            }
            catch (Exception exception)
            {
                // What came of it is unknown, and the engine asks about every order that has no answer.
                _logger.LogError(exception, "A call to {Account} failed", Account.Value);
            }
        }, CancellationToken.None);
        _underWay[task] = 0;
        task.ContinueWith(ended => _underWay.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private sealed record ToldFill(FillWire Fill);

    private sealed record ToldOrder(OrderWire Order);
}
