using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Exchanges;
using TelegramTrader.Settings;
using TelegramTrader.Trading;

namespace TelegramTrader.Cli;

/// <summary>Talks to an exchange for a moment, without a bot: to check keys, and for <c>doctor</c> and <c>candles fetch</c>.</summary>
internal sealed class ExchangeProbe : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly TimeProvider _time;
    private readonly RequestBudget _budget;
    private readonly CancellationTokenSource _ending = new();
    private readonly ExchangeKeys? _keys;
    private readonly Task _running;

    public ExchangeProbe(ExchangeConnection settings, string quoteAsset, ExchangeKeys? keys, TimeProvider time)
    {
        _time = time;
        _keys = keys;
        Gateway = new GatewaySupervisor(new GatewayOptions(), time, Random.Shared.NextDouble, NullLogger<GatewaySupervisor>.Instance);
        _budget = new RequestBudget(new RequestBudgetOptions(settings.RequestsPerSecond * 10, settings.RequestsPerSecond), time);
        var account = new ExchangeAccount(settings.AccountId, settings.Name, settings.Kind, quoteAsset) { Sandbox = settings.Sandbox, BaseUrl = settings.BaseUrl, RequestTimeout = settings.RequestTimeout };
        Session = new ExchangeSession(Gateway, account, () => keys, _budget, time, NullLogger<ExchangeSession>.Instance);
        _running = Gateway.RunAsync(_ending.Token);
    }

    public GatewaySupervisor Gateway { get; }

    public ExchangeSession Session { get; }

    /// <summary>Null once the exchange answers; else why it does not.</summary>
    public async Task<string?> OpenAsync(CancellationToken cancellation)
    {
        var failed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Session.StateChanged += state =>
        {
            // The first refusal is the answer for somebody who waits; the bot itself would go on trying.
            if (state is SessionState.Closed closed && Gateway.Health is GatewayHealth.Running)
                failed.TrySetResult(closed.Reason);
        };
        Gateway.HealthChanged += health =>
        {
            if (health is GatewayHealth.NoNode or GatewayHealth.Failed)
                failed.TrySetResult(health.ToString());
        };
        var first = await Task.WhenAny(Session.FirstOpened, failed.Task, Task.Delay(Patience, _time, cancellation));
        return first == Session.FirstOpened ? null : first == failed.Task ? await failed.Task : FormattableString.Invariant($"no answer within {Patience.TotalSeconds:0} s");
    }

    /// <summary>What can be said of the keys, and why they must not be used, if so.</summary>
    public async Task<(string Verdict, string? Objection)> CheckKeysAsync(CancellationToken cancellation)
    {
        if (await OpenAsync(cancellation) is { } trouble)
            return ($"They could not be checked: {trouble} doctor checks them again.", null);
        var (permissions, failure) = await KeyPermissions.ReadAsync(Session, cancellation);
        if (failure is not null)
            return ("", TraderWords.Of(failure.Error, Session.Account.Exchange, AfterRefusal.Over));
        return permissions!.MayWithdraw is null
            ? ($"{Session.Account.Exchange} does not say what they may do; see to it yourself that they can't withdraw.", permissions.Objection)
            : ("They may trade and not withdraw.", permissions.Objection);
    }

    public Task<IReadOnlyList<HealthFinding>> LookAsync(WatchedStopsPolicy watchedStops, CancellationToken cancellation) => ExchangeChecks.LookAsync(Session, _keys is not null, watchedStops, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _budget.Dispose();
        _ending.Dispose();
    }
}
