using System.Globalization;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Settings;

namespace TelegramTrader.Exchanges;

/// <summary>
/// Whether an admin has confirmed live trading on this account under these limits. Another account, other keys or other limits than what was confirmed close it again. It stands
/// before the exchange itself: whatever else goes wrong, no entry passes while it is closed. What only reduces a position always passes.
/// </summary>
public sealed class LiveLock
{
    private const string Key = "live-confirmed";

    private readonly KeyValueStore _values;
    private readonly string _terms;
    private volatile bool _isOpen;

    /// <param name="watchesStops">No stop rests at the exchange, and that was allowed: what was confirmed without it does not count.</param>
    public LiveLock(KeyValueStore values, ExchangeConnection connection, RiskSettings risk, bool watchesStops = false)
    {
        _values = values;
        _terms = Terms(connection, risk) + (watchesStops ? "; no stops at the exchange" : "");
        _isOpen = values.Get<string>(Key) == _terms;
    }

    public bool IsOpen => _isOpen;

    /// <summary>An admin has confirmed. Kept over restarts.</summary>
    public void Open()
    {
        _values.Set(Key, _terms);
        _isOpen = true;
    }

    public void Close()
    {
        _isOpen = false;
        _values.Remove(Key);
    }

    /// <summary>The account has other keys from now on, behind which another account may be: it is to be confirmed anew.</summary>
    public static void Forget(KeyValueStore values) => values.Remove(Key);

    private static string Terms(ExchangeConnection connection, RiskSettings risk) => string.Create(CultureInfo.InvariantCulture,
        $"{connection.AccountId} {connection.Kind}{(connection.Sandbox ? " sandbox" : "")} {connection.BaseUrl}; risk {risk.RiskPerTrade}, leverage {risk.LeverageCap}, positions {risk.PositionsAtOnce}, position {risk.LargestPosition}, exposure {risk.TotalExposure}, open risk {risk.TotalOpenRisk}, day {risk.DailyLoss}, week {risk.WeeklyLoss}");
}

/// <summary>The exchange behind the lock.</summary>
public sealed class LockedExchange(IExchange exchange, LiveLock liveLock, IEventSink sink, TimeProvider time) : IExchange
{
    public AccountId Account => exchange.Account;

    public ExchangeCapabilities Capabilities => exchange.Capabilities;

    public void Place(ApprovedOrder order)
    {
        if (order.Intent.ReduceOnly || liveLock.IsOpen)
            exchange.Place(order);
        else
            sink.Post(new EngineEvent.OrderAnswered(order.Intent.Id, new OrderAnswer.Rejected(new ExchangeError(
                ExchangeErrorKind.PermissionDenied, "live-lock", "live trading on this account was not confirmed; an admin does it with /live"))) { At = Instant.From(time.GetUtcNow()) });
    }

    public void Cancel(Symbol symbol, ClientOrderId orderId) => exchange.Cancel(symbol, orderId);

    public void Amend(Symbol symbol, ClientOrderId orderId, OrderChange change) => exchange.Amend(symbol, orderId, change);

    public void WithdrawForeign(Symbol symbol, string exchangeId) => exchange.WithdrawForeign(symbol, exchangeId);

    public void AskAccount(IReadOnlyList<ClientOrderId> orders) => exchange.AskAccount(orders);
}
