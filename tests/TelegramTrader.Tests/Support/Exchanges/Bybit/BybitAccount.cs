using System.Globalization;
using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>Wallet, positions and settings of a unified account, linear contracts.</summary>
public sealed class BybitAccount(TradingVenue venue)
{
    private string _marginMode = "REGULAR_MARGIN";

    public bool CanTrade { get; set; } = true;

    public bool CanWithdraw { get; set; }

    public JsonObject Wallet()
    {
        var unrealised = venue.Positions.Sum(position => position.UnrealisedAt(venue.Market(position.Symbol).Instrument, venue.Market(position.Symbol).Mark));
        var held = venue.Positions.Sum(position => position.Margin);
        return new JsonObject
        {
            ["list"] = new JsonArray(new JsonObject
            {
                ["accountType"] = "UNIFIED",
                ["totalEquity"] = BybitText.Of(venue.Wallet + unrealised),
                ["totalWalletBalance"] = BybitText.Of(venue.Wallet),
                ["totalAvailableBalance"] = BybitText.Of(Math.Max(0m, venue.FreeMargin)),
                ["coin"] = new JsonArray(new JsonObject
                {
                    ["coin"] = venue.Settings.SettlementAsset,
                    ["equity"] = BybitText.Of(venue.Wallet + unrealised),
                    ["walletBalance"] = BybitText.Of(venue.Wallet),
                    ["locked"] = "0",
                    ["totalOrderIM"] = BybitText.Of(Math.Max(0m, venue.Wallet - held - venue.FreeMargin)),
                    ["totalPositionIM"] = BybitText.Of(held),
                    ["unrealisedPnl"] = BybitText.Of(unrealised),
                    // No longer filled in for unified accounts, as seen in 2025.
                    ["availableToWithdraw"] = "",
                    ["borrowAmount"] = "0",
                    ["accruedInterest"] = "0",
                }),
            }),
        };
    }

    public JsonObject Positions(BybitRequest request) => BybitEndpoint.Page([.. request.Markets(venue)
        .Where(market => request.Text("symbol") is not null || venue.Position(market.Instrument.Symbol) is not null).Select(Position)]);

    public JsonObject SetLeverage(BybitRequest request)
    {
        var market = request.Market(venue);
        var leverage = request.Number("buyLeverage") ?? throw BybitRefusal.Parameters("buyLeverage");
        if (leverage != request.Number("sellLeverage"))
            throw BybitRefusal.Parameters("buy leverage not equal sell leverage");
        if (leverage < 1m || leverage > market.Instrument.MaximumLeverage)
            throw new BybitRefusal(110013, "cannot set leverage gt maxLeverage by risk limit");
        if (leverage == market.Leverage)
            throw new BybitRefusal(110043, "leverage not modified");
        market.Leverage = leverage;
        return [];
    }

    public JsonObject SwitchMode(BybitRequest request)
    {
        var isHedged = request.Required("mode") == "3";
        if (isHedged == venue.IsHedged)
            throw new BybitRefusal(110025, "Position mode is not modified");
        venue.IsHedged = isHedged;
        return [];
    }

    public JsonObject SetMarginMode(BybitRequest request)
    {
        _marginMode = request.Required("setMarginMode") is "ISOLATED_MARGIN" or "REGULAR_MARGIN" or "PORTFOLIO_MARGIN" ? request.Required("setMarginMode") : throw BybitRefusal.Parameters("setMarginMode");
        return new JsonObject { ["reasons"] = new JsonArray() };
    }

    public JsonObject Information() => new()
    {
        ["marginMode"] = _marginMode,
        ["updatedTime"] = BybitText.Of(venue.Now),
        ["unifiedMarginStatus"] = 6,
        ["spotHedgingStatus"] = "OFF",
    };

    public JsonObject Key() => new()
    {
        ["readOnly"] = CanTrade ? 0 : 1,
        ["permissions"] = new JsonObject
        {
            ["ContractTrade"] = CanTrade ? new JsonArray("Order", "Position") : new JsonArray(),
            ["Spot"] = new JsonArray(),
            ["Wallet"] = CanWithdraw ? new JsonArray("AccountTransfer", "Withdraw") : new JsonArray(),
        },
        ["ips"] = new JsonArray("127.0.0.1"),
        ["unified"] = 0,
        ["uta"] = 1,
    };

    public JsonObject Log(BybitRequest request) => BybitEndpoint.Page([.. venue.Income
        .Where(income => income.Kind == VenueIncomeKind.Funding && request.IsWithin(income.At))
        .Reverse().Take(request.Limit(20, 50)).Select(income => new JsonObject
        {
            ["id"] = income.Id.ToString(CultureInfo.InvariantCulture),
            ["symbol"] = BybitText.Id(income.Symbol),
            ["category"] = "linear",
            ["type"] = "SETTLEMENT",
            ["transactionTime"] = BybitText.Of(income.At),
            ["funding"] = BybitText.Of(income.Amount),
            ["feeRate"] = BybitText.Of(income.Rate ?? 0m),
            ["change"] = BybitText.Of(income.Amount),
            ["currency"] = income.Asset,
        })]);

    private JsonObject Position(VenueMarket market)
    {
        var position = venue.Position(market.Instrument.Symbol);
        return new JsonObject
        {
            ["positionIdx"] = 0,
            ["symbol"] = BybitText.Id(market.Instrument.Symbol),
            ["side"] = position is null ? "" : position.Side == TradeSide.Long ? "Buy" : "Sell",
            ["size"] = BybitText.Of(position?.Quantity.Value ?? 0m),
            ["avgPrice"] = BybitText.Of(position is null ? 0m : position.Cost / (position.Quantity.Value * market.Instrument.ContractSize)),
            ["positionValue"] = BybitText.Of(position?.Cost ?? 0m),
            ["tradeMode"] = 0,
            ["leverage"] = BybitText.Of(market.Leverage),
            ["markPrice"] = BybitText.Of(market.Mark),
            ["liqPrice"] = position?.LiquidationPrice(market.Instrument) is { } liquidation ? BybitText.Of(liquidation) : "",
            ["positionIM"] = BybitText.Of(position?.Margin ?? 0m),
            ["positionMM"] = "0",
            ["positionBalance"] = BybitText.Of(position?.Margin ?? 0m),
            ["unrealisedPnl"] = BybitText.Of(position?.UnrealisedAt(market.Instrument, market.Mark) ?? 0m),
            ["positionStatus"] = "Normal",
            ["createdTime"] = BybitText.Of(venue.Now),
            ["updatedTime"] = BybitText.Of(venue.Now),
        };
    }
}
