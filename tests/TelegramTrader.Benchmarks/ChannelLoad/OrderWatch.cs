using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>Stands before the exchange and notes every client order id that is sent, so that a second sending is seen whatever the exchange makes of it.</summary>
internal sealed class OrderWatch(IExchange exchange) : IExchange
{
    private readonly HashSet<ClientOrderId> _sent = [];

    public int Sent => _sent.Count;

    public List<ClientOrderId> SentTwice { get; } = [];

    public AccountId Account => exchange.Account;

    public ExchangeCapabilities Capabilities => exchange.Capabilities;

    public void Place(ApprovedOrder order)
    {
        if (!_sent.Add(order.Intent.Id))
            SentTwice.Add(order.Intent.Id);
        exchange.Place(order);
    }

    public void Cancel(Symbol symbol, ClientOrderId orderId) => exchange.Cancel(symbol, orderId);

    public void Amend(Symbol symbol, ClientOrderId orderId, OrderChange change) => exchange.Amend(symbol, orderId, change);

    public void WithdrawForeign(Symbol symbol, string exchangeId) => exchange.WithdrawForeign(symbol, exchangeId);

    public void AskAccount(IReadOnlyList<ClientOrderId> orders) => exchange.AskAccount(orders);
}
