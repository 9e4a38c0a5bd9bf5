using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Channels;

/// <summary>
/// The user's account in the gateway: logged in again with the stored session after each start of it, and for the first time step by step
/// (phone number, code, where needed the password of the second factor).
/// </summary>
public sealed class TelegramAccount
{
    // Telegram's servers may be slow to reach at first, and a login is waited for by a person.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly IGateway _gateway;
    private readonly TelegramApplication _application;
    private readonly ISessionStore _sessions;
    private readonly TimeProvider _time;
    private readonly ILogger<TelegramAccount> _logger;
    private long _lostSince;
    private volatile AccountState _state = new AccountState.Waiting();

    /// <summary>To be made before the gateway is started.</summary>
    public TelegramAccount(IGateway gateway, TelegramApplication application, ISessionStore sessions, TimeProvider time, ILogger<TelegramAccount> logger)
    {
        _gateway = gateway;
        _application = application;
        _sessions = sessions;
        _time = time;
        _logger = logger;
        gateway.AfterEachStart(RestoreAsync);
        gateway.Notified += OnNotified;
        gateway.HealthChanged += health =>
        {
            if (health is not GatewayHealth.Running)
                BecomeConnected(false);
        };
    }

    public AccountState State => _state;

    /// <summary>Since when there is no connection to Telegram; null while there is one, and before the first.</summary>
    public Instant? LostSince => Interlocked.Read(ref _lostSince) is > 0 and var since ? new Instant(since) : null;

    /// <summary>Raised when <see cref="LostSince"/> begins or ends.</summary>
    public event Action? ConnectionChanged;

    /// <summary>The account is logged in, after a start or a login; nothing is subscribed yet.</summary>
    public event Action? Ready;

    public event Action<AccountState>? StateChanged;

    /// <param name="phone">With its country code.</param>
    public Task<GatewayAnswer<LoginStep>> GivePhoneAsync(string phone, CancellationToken cancellationToken) => StepAsync("channels.login.phone", new { phone }, cancellationToken);

    public Task<GatewayAnswer<LoginStep>> GiveCodeAsync(string code, CancellationToken cancellationToken) => StepAsync("channels.login.code", new { code }, cancellationToken);

    public Task<GatewayAnswer<LoginStep>> GivePasswordAsync(string password, CancellationToken cancellationToken) =>
        StepAsync("channels.login.password", new { password }, cancellationToken);

    private async Task RestoreAsync(CancellationToken life)
    {
        for (var failures = 1; ; failures++)
        {
            var answer = await _gateway.CallAsync<StartAnswer>("channels.start", new { _application.ApiId, _application.ApiHash, session = _sessions.Load() }, Timeout, life);
            switch (answer)
            {
                case GatewayAnswer<StartAnswer>.Ok { Value: { State: "ready", Account: { } account } }:
                    BecomeReady(account);
                    return;
                case GatewayAnswer<StartAnswer>.Ok { Value.Reason: var reason }:
                    Become(new AccountState.LoginNeeded(reason ?? "Telegram asks for a login."));
                    return;
                case GatewayAnswer<StartAnswer>.Refused { Refusal: { Kind: GatewayRefusalKind.Parameters, Message: var message } }:
                    Become(new AccountState.LoginNeeded($"The API id or hash is not usable: {message}"));
                    return;
                default:
                    Become(new AccountState.Unreachable(answer.Trouble!));
                    var wait = answer is GatewayAnswer<StartAnswer>.Refused { Refusal.Wait: { } asked } ? asked : Backoff.Standard.After(failures, 0);
                    await Task.Delay(wait, _time, life);
                    break;
            }
        }
    }

    private async Task<GatewayAnswer<LoginStep>> StepAsync(string method, object parameters, CancellationToken cancellationToken)
    {
        var answer = await _gateway.CallAsync<StepAnswer>(method, parameters, Timeout, cancellationToken);
        // Stored before anybody is told, so that "done" means that it survives.
        if (answer is GatewayAnswer<StepAnswer>.Ok { Value: { State: "done", Session: { } session, Account: { } account } })
        {
            _sessions.Save(session);
            BecomeReady(account);
        }
        return answer.Select(ToStep);
    }

    private static LoginStep ToStep(StepAnswer answer) => answer switch
    {
        { State: "codeSent" } => new LoginStep.CodeSent(answer.By ?? "app", answer.Length),
        { State: "passwordNeeded" } => new LoginStep.PasswordNeeded(answer.Hint),
        { State: "done", Account: { } account } => new LoginStep.Done(account),
        { State: "refused" } => new LoginStep.Refused(
            answer.Reason ?? "Telegram refused.",
            Enum.TryParse<NextLoginStep>(answer.Next, ignoreCase: true, out var next) ? next : NextLoginStep.Nothing,
            answer.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
        _ => new LoginStep.Refused($"The gateway answered '{answer.State}', which is not known.", NextLoginStep.Nothing, null),
    };

    private void OnNotified(GatewayNotification notification)
    {
        if (notification.Method == "channels.connection" && notification.Parameters.TryGetProperty("state", out var state))
            BecomeConnected(state.GetString() is "connected" or "updating");
        if (notification.Method == "channels.loggedOut")
            Become(new AccountState.LoginNeeded("Telegram ended the login of this program. Log in again."));
    }

    private void BecomeConnected(bool isConnected)
    {
        // Before a login there is nothing that could be lost.
        if (!isConnected && _state is not AccountState.Ready)
            return;
        var now = Instant.From(_time.GetUtcNow()).UnixMilliseconds;
        var before = isConnected ? Interlocked.Exchange(ref _lostSince, 0) : Interlocked.CompareExchange(ref _lostSince, now, 0);
        if (before == 0 == isConnected)
            return;
        _logger.LogInformation("The connection of the Telegram account is {State}", isConnected ? "back" : "lost");
        ConnectionChanged?.Invoke();
    }

    private void BecomeReady(LoggedInAccount account)
    {
        Become(new AccountState.Ready(account));
        BecomeConnected(true);
        Ready?.Invoke();
    }

    private void Become(AccountState state)
    {
        if (state == _state)
            return;
        _state = state;
        _logger.LogInformation("Telegram account: {State}", state.GetType().Name);
        StateChanged?.Invoke(state);
    }

    private sealed record StartAnswer(string State, LoggedInAccount? Account = null, string? Reason = null);

    private sealed record StepAnswer(
        string State, string? By = null, int? Length = null, string? Hint = null, string? Session = null, LoggedInAccount? Account = null, string? Reason = null, string? Next = null,
        int? Seconds = null)
    {
        // Not as records print themselves: the session is a secret.
        public override string ToString() => State;
    }
}
