using System.Globalization;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// Shows that the exchange takes stops from this account: the smallest reduce-only stop, far below the market, is placed and withdrawn. It can't open anything, and it
/// can't be reached before it is withdrawn. On spot, where nothing is reduce-only, it must be of a coin that the account does not hold: the exchange then says that, and
/// nothing of the owner's can be sold.
/// </summary>
public sealed class StopSelfTest(ExchangeSession session, TimeProvider time)
{
    // Far enough never to be reached in a second, near enough for an exchange that refuses prices out of its band.
    private const decimal Distance = 0.10m;

    /// <summary>Null when it worked; else one sentence that says what did not.</summary>
    public async Task<string?> RunAsync(Instrument instrument, Quote quote, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"ttselftest-s-{Instant.From(time.GetUtcNow()).UnixMilliseconds}");
        var account = session.Account.Id.Value;
        var symbol = instrument.Symbol.ToString();
        var trigger = instrument.RoundDownToTick(quote.Bid.Value * (1m - Distance));
        var placed = await session.CallAsync<OrderWire>(RequestPriority.Protection, 1, "exchange.place", new
        {
            account,
            symbol,
            side = "sell",
            type = "stopMarket",
            // Large enough for the minimum value also at the stop's own price.
            quantity = instrument.SmallestOrder(trigger).ToString(),
            trigger = trigger.ToString(),
            reduceOnly = instrument.Symbol.IsPerpetual,
            clientOrderId = id,
        }, cancellationToken);
        if (ExchangeErrors.Of(placed) is { } refused)
        {
            if (refused.MayHaveHappened)
                await CancelAsync(account, symbol, id, null, cancellationToken);
            // It understood the stop and says only that there is nothing to reduce, or to sell, which is true.
            return refused.Error.Kind == (instrument.Symbol.IsPerpetual ? ExchangeErrorKind.ReduceOnlyRefused : ExchangeErrorKind.InsufficientFunds) ? null : $"a stop far from the market was refused: {refused.Error.Message}";
        }

        return await CancelAsync(account, symbol, id, ((GatewayAnswer<OrderWire>.Ok)placed).Value.Id, cancellationToken) is { } left
            ? $"a stop could be placed, and not be withdrawn: {left} Withdraw the order {id} by hand."
            : null;
    }

    private async Task<string?> CancelAsync(string account, string symbol, string clientOrderId, string? exchangeOrderId, CancellationToken cancellationToken)
    {
        var request = new { account, symbol, clientOrderId, exchangeOrderId, isTrigger = true };
        for (var attempt = 1; ; attempt++)
        {
            var failure = ExchangeErrors.Of(await session.CallAsync<OrderWire>(RequestPriority.Protection, 1, "exchange.cancel", request, cancellationToken));
            if (failure is null || failure.Error.Kind == ExchangeErrorKind.OrderNotFound)
                return null;
            // Withdrawing twice does no harm.
            if (attempt == 3)
                return failure.Error.Message;
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }
}
