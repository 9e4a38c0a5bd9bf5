using System.Text.Json;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// One account of an exchange in the gateway: opened again after each start of the gateway, its clock compared, and every call under the exchange's budget. No call is
/// repeated here; whoever called gets what came of it.
/// </summary>
public sealed class ExchangeSession
{
    /// <summary>How often one question that only looks is asked.</summary>
    internal const int LookAttempts = 3;

    /// <summary>Quick at first: until the account is open nobody places a stop.</summary>
    private static readonly Backoff Reopening = Backoff.Standard with { First = TimeSpan.FromMilliseconds(250) };

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ClockComparedEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    // What opens a position was decided on at the prices of its moment.
    internal static readonly TimeSpan EntryWaitsAtMost = TimeSpan.FromSeconds(10);

    private readonly IGateway _gateway;
    private readonly Func<ExchangeKeys?> _keys;
    private readonly RequestBudget _budget;
    private readonly TimeProvider _time;
    private readonly ILogger<ExchangeSession> _logger;
    private readonly TaskCompletionSource _firstOpened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SessionState _state = new SessionState.Closed("the gateway has not started yet");

    /// <summary>To be made before the gateway is started.</summary>
    /// <param name="keys">Asked each time the account is opened; null for public prices only.</param>
    public ExchangeSession(IGateway gateway, ExchangeAccount account, Func<ExchangeKeys?> keys, RequestBudget budget, TimeProvider time, ILogger<ExchangeSession> logger)
    {
        _gateway = gateway;
        Account = account;
        _keys = keys;
        _budget = budget;
        _time = time;
        _logger = logger;
        gateway.AfterEachStart(OpenAsync);
        gateway.HealthChanged += OnHealth;
        gateway.Notified += OnNotified;
    }

    public ExchangeAccount Account { get; }

    public SessionState State => _state;

    /// <summary>By how much the exchange's clock is ahead of ours, as last compared; null before. It is made good when requests are signed.</summary>
    public TimeSpan? ClockOffset { get; private set; }

    /// <summary>Ends when the account was opened for the first time.</summary>
    public Task FirstOpened => _firstOpened.Task;

    /// <summary>Ends when the account is open, or when that took too long.</summary>
    internal async Task WaitUntilOpenAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(atMost, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await Volatile.Read(ref _opened).Task.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _logger.LogInformation("{Account} is not open after {Seconds} s", Account.Id.Value, atMost.TotalSeconds);
        }
    }

    /// <summary>The account is open in a gateway that knows nothing of before: whatever was watched has to be watched again.</summary>
    public event Action? Opened;

    public event Action<SessionState>? StateChanged;

    /// <summary>A notification of the gateway about this account.</summary>
    internal event Action<string, JsonElement>? Told;

    /// <param name="giveUp">Ends the waiting for a turn. What was sent is never given up by it.</param>
    internal async Task<GatewayAnswer<T>> CallAsync<T>(RequestPriority priority, double cost, string method, object parameters, CancellationToken cancellationToken, CancellationToken giveUp = default)
    {
        GatewayAnswer<T> answer;
        using var patience = priority == RequestPriority.Entry ? new CancellationTokenSource(EntryWaitsAtMost, _time) : null;
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience?.Token ?? CancellationToken.None, giveUp);
        try
        {
            answer = await _budget.SpendAsync(priority, cost, () => _gateway.CallAsync<T>(method, parameters, Patience, cancellationToken), turn.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new GatewayAnswer<T>.NotRunning(giveUp.IsCancellationRequested
                ? "Requests had to wait, and its turn did not come in time; nothing was sent."
                : FormattableString.Invariant($"Requests had to wait, and its turn did not come within {EntryWaitsAtMost.TotalSeconds:0} s; nothing was sent."));
        }

        if (ExchangeErrors.Of(answer) is { } failure)
            OnFailure(failure);
        return answer;
    }

    /// <summary>
    /// For what only looks, and therefore does no harm when it is asked twice: what broke on the way is asked again at once. An account is read with many such questions, and is
    /// read only when each of them is answered.
    /// </summary>
    internal async Task<GatewayAnswer<T>> LookAsync<T>(RequestPriority priority, double cost, string method, object parameters, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await CallAsync<T>(priority, cost, method, parameters, cancellationToken);
            if (attempt >= LookAttempts || _state is not SessionState.Open || ExchangeErrors.Of(answer) is not { Error.MayPass: true })
                return answer;
            await Task.Delay(LookAgainAfter, _time, cancellationToken);
        }
    }

    /// <summary>Longer than the gateway itself waits for the exchange, so that it is the gateway that says what may have happened.</summary>
    private TimeSpan Patience => Account.RequestTimeout + TimeSpan.FromSeconds(5);

    private void OnFailure(ExchangeFailure failure)
    {
        switch (failure.Error.Kind)
        {
            case ExchangeErrorKind.RateLimited:
                _budget.Pause(Asked(failure.Wait, usual: TimeSpan.FromSeconds(10)));
                break;
            case ExchangeErrorKind.AddressBanned:
                _budget.Pause(Asked(failure.Wait, usual: TimeSpan.FromMinutes(2)));
                break;
        }
    }

    /// <summary>What the exchange asks for, within reason: a header must not stop everything for days, and none is no reason to go on at once.</summary>
    private static TimeSpan Asked(TimeSpan? wait, TimeSpan usual) => wait is not { } asked ? usual : asked < ShortestPause ? ShortestPause : asked > LongestPause ? LongestPause : asked;

    private async Task OpenAsync(CancellationToken life)
    {
        for (var failures = 1; ; failures++)
        {
            ExchangeKeys? keys;
            try
            {
                keys = _keys();
            }
            catch (SecretStoreException exception)
            {
                // Whoever brings the old key back need not start the program again.
                Become(new SessionState.Closed($"The keys can't be used: {exception.Message}"));
                await Task.Delay(Reopening.After(failures, 0), _time, life);
                continue;
            }

            var request = new OpenRequest(
                Account.Id.Value, Account.Exchange, Account.Kind == ExchangeMarketKind.Spot ? "spot" : "swap", Account.Sandbox, Account.BaseUrl?.ToString().TrimEnd('/'),
                (int)Account.RequestTimeout.TotalMilliseconds, keys?.ApiKey, keys?.Secret, keys?.Password);
            var answer = await _gateway.CallAsync<OpenedWire>("exchange.open", request, Patience, life);
            // The clock first: a signed request with a wrong time would be refused.
            var failure = ExchangeErrors.Of(answer) ?? ExchangeErrors.Of(await CompareClockAsync(life));
            if (failure is null && answer is GatewayAnswer<OpenedWire>.Ok { Value: var opened })
            {
                Become(new SessionState.Open(Abilities(opened)));
                _firstOpened.TrySetResult();
                Opened?.Invoke();
                await KeepClockAsync(life);
                return;
            }

            Become(new SessionState.Closed(failure!.Error.Message));
            await Task.Delay(Asked(failure.Wait, usual: Reopening.After(failures, 0)), _time, life);
        }
    }

    private async Task KeepClockAsync(CancellationToken life)
    {
        while (true)
        {
            await Task.Delay(ClockComparedEvery, _time, life);
            if (ExchangeErrors.Of(await CompareClockAsync(life)) is { } failure)
                _logger.LogWarning("The clock of {Account} could not be compared: {Reason}", Account.Id.Value, failure.Error.Message);
        }
    }

    /// <summary>Without it no account can be read and no stop placed, so it does not wait for what only looks.</summary>
    private async Task<GatewayAnswer<ClockWire>> CompareClockAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync<ClockWire>(RequestPriority.Watch, 1, "exchange.clock", new { account = Account.Id.Value }, cancellationToken);
        if (answer is GatewayAnswer<ClockWire>.Ok { Value: var clock })
            ClockOffset = TimeSpan.FromMilliseconds(clock.Offset);
        return answer;
    }

    private void OnNotified(GatewayNotification notification)
    {
        if (notification.Parameters.ValueKind == JsonValueKind.Object && notification.Parameters.TryGetProperty("account", out var account)
            && account.ValueKind == JsonValueKind.String && account.GetString() == Account.Id.Value)
            Told?.Invoke(notification.Method, notification.Parameters);
    }

    private void OnHealth(GatewayHealth health)
    {
        if (health is not GatewayHealth.Running)
            Become(new SessionState.Closed(health.ToString()));
    }

    private void Become(SessionState state)
    {
        if (state == _state)
            return;
        _state = state;
        if (state is SessionState.Open)
            Volatile.Read(ref _opened).TrySetResult();
        else if (Volatile.Read(ref _opened).Task.IsCompleted)
            Volatile.Write(ref _opened, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _logger.LogInformation("{Account} at {Exchange}: {State}", Account.Id.Value, Account.Exchange, state);
        StateChanged?.Invoke(state);
    }

    private ExchangeAbilities Abilities(OpenedWire opened)
    {
        return new ExchangeAbilities(Can("stopMarket"), Can("reduceOnly"), Can("clientOrderId") && Can("clientOrderIdLookup"))
        {
            IsSpot = Account.Kind == ExchangeMarketKind.Spot,
            BuysCoinsAtMarket = !Can("marketBuyNeedsPrice"),
            TellsFills = Can("fills"),
            PostOnly = Can("postOnly"),
        };

        bool Can(string name) => opened.Can.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.True;
    }
}

/// <summary>What an exchange can do of what trading on it needs.</summary>
public sealed record ExchangeAbilities(bool HoldsStops, bool ReduceOnly, bool ClientOrderIds)
{
    public bool IsSpot { get; init; }

    /// <summary>A purchase at the market names the coins and not the money.</summary>
    public bool BuysCoinsAtMarket { get; init; } = true;

    /// <summary>It tells each execution with its fee.</summary>
    public bool TellsFills { get; init; } = true;

    /// <summary>It takes orders that are refused rather than executed at once.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Why it can't be traded on live, whoever watches its stops; null when it can.</summary>
    public string? MissingForLive => this switch
    {
        { TellsFills: false } => "it does not tell executions, so what is held would not be known",
        { ClientOrderIds: false } => "it takes no order id of ours, so an order with an unknown outcome could not be found again",
        { IsSpot: true, BuysCoinsAtMarket: false } => "a purchase at the market there names the money and not the coins, so its size would not be the one that was decided",
        { IsSpot: false, ReduceOnly: false } => "it has no orders that can only reduce a position",
        _ => null,
    };
}

/// <summary>Whether an account can be talked to: one of a closed set.</summary>
public abstract record SessionState
{
    private SessionState()
    {
    }

    public sealed record Closed(string Reason) : SessionState;

    public sealed record Open(ExchangeAbilities Abilities) : SessionState;

    public sealed override string ToString() => this is Closed closed ? $"not connected ({closed.Reason})" : "connected";
}
