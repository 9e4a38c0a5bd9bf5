using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Orders;

/// <summary>An order that waits at an exchange, whoever placed it.</summary>
/// <param name="ExchangeId">What the exchange calls it.</param>
/// <param name="ClientId">What whoever placed it calls it, in whatever form; null where the exchange does not tell.</param>
/// <param name="Type">limit, stopMarket, takeProfitMarket, takeProfitLimit or oneCancelsOther; or what the exchange calls it, where that is none of them.</param>
/// <param name="Quantity">Of the whole order, executed or not, in the instrument's quantity unit; null for one that closes whatever there is then.</param>
/// <param name="Price">Of a limit; null where it has none.</param>
/// <param name="Trigger">What it waits for; null where it waits for nothing.</param>
/// <param name="ReduceOnly">It can't open anything.</param>
public sealed record OpenOrder(
    string ExchangeId, string? ClientId, Symbol Symbol, OrderSide Side, string Type, Quantity? Quantity, Price? Price, Price? Trigger, bool ReduceOnly)
{
    public override string ToString() =>
        $"{Side} {Type} {(Quantity is { } quantity ? quantity.ToString() : "all")} {Symbol}{(Price is { } price ? $" at {price}" : "")}{(Trigger is { } trigger ? $" from {trigger}" : "")}{(ReduceOnly ? " reduce-only" : "")}";
}
