using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Risk;
using TelegramTrader.Settings;

namespace TelegramTrader.Exchanges;

/// <summary>The connection to the chosen exchange. Made before the gateway is started, because it wants to hear of its starts.</summary>
public sealed class ExchangeParts : IDisposable
{
    /// <param name="quoteAsset">What the account is counted in.</param>
    /// <param name="keys">The account's keys; null for public prices only.</param>
    /// <param name="risk">The limits that an admin confirms for live trading.</param>
    /// <param name="watchedStops">What is set for an exchange that can hold no stops; part of what is confirmed.</param>
    public ExchangeParts(
        ExchangeConnection settings, string quoteAsset, IGateway gateway, KeyValueStore values, Func<ExchangeKeys?> keys, RiskSettings risk, WatchedStopsPolicy watchedStops,
        TimeProvider time, ILoggerFactory logs)
    {
        Budget = new RequestBudget(new RequestBudgetOptions(settings.RequestsPerSecond * 10, settings.RequestsPerSecond), time);
        Account = new ExchangeAccount(settings.AccountId, settings.Name, settings.Kind, quoteAsset)
        {
            Sandbox = settings.Sandbox,
            BaseUrl = settings.BaseUrl,
            RequestTimeout = settings.RequestTimeout,
        };
        WatchedStops = watchedStops;
        Lock = new LiveLock(values, settings, risk, !Account.HoldsStops && watchedStops == WatchedStopsPolicy.Allow);
        Session = new ExchangeSession(gateway, Account, keys, Budget, time, logs.CreateLogger<ExchangeSession>());
        Markets = new ListedMarkets(values, settings.Name, settings.Kind.ToString());
        Logs = logs;
    }

    public ExchangeAccount Account { get; }

    public WatchedStopsPolicy WatchedStops { get; }

    public RequestBudget Budget { get; }

    public ExchangeSession Session { get; }

    /// <summary>Stands before live orders; of no meaning on paper.</summary>
    public LiveLock Lock { get; }

    public ListedMarkets Markets { get; }

    public ILoggerFactory Logs { get; }

    public void Dispose() => Budget.Dispose();
}
