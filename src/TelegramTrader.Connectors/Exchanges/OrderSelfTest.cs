using System.Globalization;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// Shows that an exchange which holds no stops takes orders from this account and lets them be withdrawn: the smallest limit order to buy, far below the market, is placed and withdrawn,
/// and must not have been executed. Where the exchange knows such orders it is one that is refused rather than executed at once.
/// </summary>
public sealed class OrderSelfTest(ExchangeSession session, TimeProvider time)
{
    // No market falls so far before it is withdrawn. Exchanges with bands for prices limit how high one may buy, and not how low.
    private const decimal Distance = 0.30m;
    private const int Attempts = 3;

    /// <summary>Null when it worked; else one sentence that says what did not.</summary>
    /// <param name="quote">Of now: the order lies below it.</param>
    /// <param name="isPostOnly">The exchange takes orders that only rest.</param>
    public async Task<string?> RunAsync(Instrument instrument, Quote quote, bool isPostOnly, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"ttselftest-l-{Instant.From(time.GetUtcNow()).UnixMilliseconds}");
        var (account, symbol) = (session.Account.Id.Value, instrument.Symbol.ToString());
        var price = instrument.RoundDownToTick(quote.Bid.Value * (1m - Distance));
        var quantity = instrument.SmallestOrder(price);
        var placed = await session.CallAsync<OrderWire>(RequestPriority.Entry, 1, "exchange.place", new
        {
            account,
            symbol,
            side = "buy",
            type = "limit",
            quantity = quantity.ToString(),
            price = price.ToString(),
            reduceOnly = false,
            clientOrderId = id,
            postOnly = isPostOnly,
            // For those that want it with the order. One changes nothing about a position that is there.
            leverage = instrument.Symbol.IsPerpetual ? 1 : (int?)null,
            marginMode = instrument.Symbol.IsPerpetual ? "isolated" : null,
        }, cancellationToken);
        if (ExchangeErrors.Of(placed) is { MayHaveHappened: false } refused)
            return $"an order to buy {quantity} {instrument.Symbol.Base} at {price}, far from the market, was refused: {TraderWords.Of(refused.Error, session.Account.Exchange, AfterRefusal.Over)}";
        var unanswered = ExchangeErrors.Of(placed);
        var exchangeOrderId = (placed as GatewayAnswer<OrderWire>.Ok)?.Value.Id;
        var left = await WithdrawAsync(new { account, symbol, clientOrderId = id, exchangeOrderId, isTrigger = false }, cancellationToken);
        if (left is not null)
            return $"an order could be placed, and it is not certain that it was withdrawn: {left} Look for the order {id} at the exchange and withdraw it by hand.";
        return unanswered is null ? null : $"an order far from the market was not answered: {unanswered.Error.Message} It is not there; try again.";
    }

    /// <summary>Null once the exchange says that the order is gone and nothing of it was executed.</summary>
    private async Task<string?> WithdrawAsync(object order, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Withdrawing twice does no harm.
            var refused = ExchangeErrors.Of(await session.CallAsync<OrderWire>(RequestPriority.Protection, 1, "exchange.cancel", order, cancellationToken));
            var asked = await session.CallAsync<OrderWire>(RequestPriority.Watch, 1, "exchange.order", order, cancellationToken);
            var trouble = asked switch
            {
                GatewayAnswer<OrderWire>.Ok { Value.Filled: > 0m and var filled } => $"{new Quantity(filled)} of it were executed.",
                GatewayAnswer<OrderWire>.Ok { Value.Status: "canceled" or "expired" or "rejected" } => null,
                GatewayAnswer<OrderWire>.Ok => refused?.Error.Message ?? "the exchange still shows it.",
                // Nowhere to be found: it never came, or is forgotten with its withdrawal.
                _ when ExchangeErrors.Of(asked) is { Error.Kind: ExchangeErrorKind.OrderNotFound } => refused is null or { Error.Kind: ExchangeErrorKind.OrderNotFound } ? null : refused.Error.Message,
                _ => ExchangeErrors.Of(asked)!.Error.Message,
            };
            if (trouble is null || attempt == Attempts)
                return trouble;
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }
}
