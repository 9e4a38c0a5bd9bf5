using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance;

/// <summary>The filters of a symbol: as they are listed, and as they refuse.</summary>
internal static partial class BinanceFilters
{
    /// <summary>How far a price may lie from the mark, as factors.</summary>
    public const decimal Highest = 1.15m;
    public const decimal Lowest = 0.85m;

    public const decimal LargestQuantity = 1000m;

    public static JsonArray List(Instrument instrument, bool isSpot)
    {
        var list = new JsonArray
        {
            new JsonObject { ["filterType"] = "PRICE_FILTER", ["minPrice"] = BinanceText.Of(instrument.PriceTick), ["maxPrice"] = "4529764.00000000", ["tickSize"] = BinanceText.Of(instrument.PriceTick) },
            Lot("LOT_SIZE", instrument),
        };
        if (isSpot)
        {
            list.Add(new JsonObject { ["filterType"] = "NOTIONAL", ["minNotional"] = BinanceText.Of(instrument.MinimumNotional), ["applyMinToMarket"] = true, ["maxNotional"] = "9000000.00000000", ["applyMaxToMarket"] = false, ["avgPriceMins"] = 5 });
            list.Add(new JsonObject { ["filterType"] = "PERCENT_PRICE_BY_SIDE", ["bidMultiplierUp"] = "1.15", ["bidMultiplierDown"] = "0.85", ["askMultiplierUp"] = "1.15", ["askMultiplierDown"] = "0.85", ["avgPriceMins"] = 5 });
        }
        else
        {
            list.Add(Lot("MARKET_LOT_SIZE", instrument));
            list.Add(new JsonObject { ["filterType"] = "MIN_NOTIONAL", ["notional"] = BinanceText.Of(instrument.MinimumNotional) });
            list.Add(new JsonObject { ["filterType"] = "PERCENT_PRICE", ["multiplierUp"] = "1.1500", ["multiplierDown"] = "0.8500", ["multiplierDecimal"] = "4" });
        }

        return list;
    }

    public static void CheckClientId(string id, bool isSpot)
    {
        if (ClientId().IsMatch(id))
            return;
        throw isSpot
            ? new BinanceRefusal(-1100, "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'.")
            : new BinanceRefusal(-4015, "Client order id is not valid.");
    }

    public static void CheckFutures(VenueMarket market, VenueOrderRequest request)
    {
        var instrument = market.Instrument;
        if (request.Quantity is { } quantity)
        {
            if (quantity.IsZero)
                throw new BinanceRefusal(-4003, "Quantity less than or equal to zero.");
            if (BinanceText.Decimals(quantity.Value) > BinanceText.Decimals(instrument.QuantityStep))
                throw new BinanceRefusal(-1111, "Precision is over the maximum defined for this asset.");
            if (!instrument.IsOnStep(quantity))
                throw new BinanceRefusal(-4023, "Qty not increased by step size.");
            if (quantity < instrument.MinimumQuantity)
                throw new BinanceRefusal(-4004, "Quantity less than min quantity.");
            if (quantity.Value > LargestQuantity)
                throw new BinanceRefusal(-4005, "Quantity greater than max quantity.");
            var price = request.Price ?? request.Trigger ?? market.Quote!.Value.Mid;
            if (!request.ReduceOnly && instrument.Notional(price, quantity).Amount < instrument.MinimumNotional)
                throw new BinanceRefusal(-4164, $"Order's notional must be no smaller than {instrument.MinimumNotional:0.##} (unless you choose reduce only).");
        }

        foreach (var price in new[] { request.Price, request.Trigger }.OfType<Price>())
        {
            if (BinanceText.Decimals(price.Value) > BinanceText.Decimals(instrument.PriceTick))
                throw new BinanceRefusal(-1111, "Precision is over the maximum defined for this asset.");
            if (!instrument.IsOnTick(price))
                throw new BinanceRefusal(-4014, "Price not increased by tick size.");
        }

        if (request is { Price: { } limit, IsConditional: false })
        {
            if (request.Side == Core.Orders.OrderSide.Buy && limit.Value > market.Mark * Highest)
                throw new BinanceRefusal(-4016, $"Limit price can't be higher than {BinanceText.Of(market.Mark * Highest)}.");
            if (request.Side == Core.Orders.OrderSide.Sell && limit.Value < market.Mark * Lowest)
                throw new BinanceRefusal(-4024, $"Limit price can't be lower than {BinanceText.Of(market.Mark * Lowest)}.");
        }
    }

    public static void CheckSpot(VenueMarket market, VenueOrderRequest request)
    {
        var instrument = market.Instrument;
        var quantity = request.Quantity!.Value;
        if (quantity < instrument.MinimumQuantity || quantity.Value > LargestQuantity || !instrument.IsOnStep(quantity))
            throw new BinanceRefusal(-1013, "Filter failure: LOT_SIZE");
        if (request.Price is { } price && !instrument.IsOnTick(price) || request.Trigger is { } trigger && !instrument.IsOnTick(trigger))
            throw new BinanceRefusal(-1013, "Filter failure: PRICE_FILTER");
        var mid = market.Quote!.Value.Mid.Value;
        if (request.Price is { } limit && (limit.Value > mid * Highest || limit.Value < mid * Lowest))
            throw new BinanceRefusal(-1013, "Filter failure: PERCENT_PRICE_BY_SIDE");
        if (instrument.Notional(request.Price ?? request.Trigger ?? market.Quote.Value.Mid, quantity).Amount < instrument.MinimumNotional)
            throw new BinanceRefusal(-1013, "Filter failure: NOTIONAL");
    }

    private static JsonObject Lot(string name, Instrument instrument) => new()
    {
        ["filterType"] = name,
        ["minQty"] = BinanceText.Of(instrument.MinimumQuantity),
        ["maxQty"] = BinanceText.Of(LargestQuantity),
        ["stepSize"] = BinanceText.Of(instrument.QuantityStep),
    };

    [GeneratedRegex(@"^[\.A-Z\:/a-z0-9_-]{1,36}$")]
    private static partial Regex ClientId();
}
