using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Tests.Scenarios;

/// <summary>Short names in scenario files: <c>1:s-2</c> is the second stop of trade 1, <c>BTC</c> the perpetual, <c>BTC/USDT</c> spot.</summary>
internal static class ScenarioNames
{
    // "tt", sixteen characters of the signal's hash, and a dash stand before the purpose.
    private const int PrefixLength = 19;

    public static string Of(OrderIntent intent) => $"{intent.TradeNumber}:{intent.Id.Value[PrefixLength..]}";

    public static ClientOrderId Order(IEnumerable<Order> orders, string name) =>
        orders.FirstOrDefault(order => Of(order.Intent) == name)?.Id ?? new ClientOrderId("foreign-" + name.Replace(':', '-'));

    public static Symbol Symbol(string name) => name.Contains('/', StringComparison.Ordinal) ? Core.Market.Symbol.Parse(name) : Core.Market.Symbol.Parse(name + "/USDT:USDT");

    public static string Of(Symbol symbol) => symbol.IsPerpetual && symbol.Quote == "USDT" ? symbol.Base : symbol.ToString();
}
