using System.Globalization;
using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Bybit;

/// <summary>Wallet, positions and settings of a unified account: one wallet for contracts and coins.</summary>
public sealed class BybitAccount
{
    private readonly BybitBook _linear;
    private readonly BybitBook _spot;
    private string _marginMode = "REGULAR_MARGIN";

    internal BybitAccount(BybitBook linear, BybitBook spot) => (_linear, _spot) = (linear, spot);

    private TradingVenue Venue => _linear.Venue;

    public bool CanTrade { get; set; } = true;

    public bool CanWithdraw { get; set; }

    public bool IsBoundToAddress { get; set; } = true;

    /// <summary>The key was deleted by its owner.</summary>
    public bool IsKeyRevoked { get; set; }

    internal JsonObject Wallet()
    {
        var unrealised = Venue.Positions.Sum(position => position.UnrealisedAt(Venue.Market(position.Symbol).Instrument, Venue.Market(position.Symbol).Mark));
        var held = Venue.Positions.Sum(position => position.Margin);
        var coins = _spot.Venue.Balances;
        var money = coins.First(coin => coin.Asset == Venue.Settings.SettlementAsset);
        var wallet = Venue.Wallet + money.Total;
        return new JsonObject
        {
            ["list"] = new JsonArray(new JsonObject
            {
                ["accountType"] = "UNIFIED",
                ["totalEquity"] = BybitText.Of(wallet + unrealised),
                ["totalWalletBalance"] = BybitText.Of(wallet),
                ["totalAvailableBalance"] = BybitText.Of(Math.Max(0m, Venue.FreeMargin + money.Free)),
                ["coin"] = new JsonArray(
                [
                    Coin(Venue.Settings.SettlementAsset, wallet, money.Locked, Math.Max(0m, Venue.Wallet - held - Venue.FreeMargin), held, unrealised),
                    .. coins.Where(coin => coin != money && coin.Total != 0m).Select(coin => Coin(coin.Asset, coin.Total, coin.Locked, 0m, 0m, 0m)),
                ]),
            }),
        };
    }

    private static JsonObject Coin(string coin, decimal wallet, decimal locked, decimal forOrders, decimal forPositions, decimal unrealised) => new()
    {
        ["coin"] = coin,
        ["equity"] = BybitText.Of(wallet + unrealised),
        ["walletBalance"] = BybitText.Of(wallet),
        ["locked"] = BybitText.Of(locked),
        ["totalOrderIM"] = BybitText.Of(forOrders),
        ["totalPositionIM"] = BybitText.Of(forPositions),
        ["unrealisedPnl"] = BybitText.Of(unrealised),
        // No longer filled in for unified accounts, as seen in 2025.
        ["availableToWithdraw"] = "",
        ["borrowAmount"] = "0",
        ["accruedInterest"] = "0",
    };

    internal JsonObject Positions(BybitRequest request)
    {
        if (request.Text("symbol") is null && request.Text("settleCoin") is null)
            throw BybitRefusal.Parameters("Missing some parameters that must be filled in, symbol or settleCoin");
        return BybitEndpoint.Page(_linear, request, _linear.Markets(request)
            .Where(market => request.Text("symbol") is not null || Venue.Position(market.Instrument.Symbol) is not null).Select(Position), 20, 200);
    }

    internal JsonObject SetLeverage(BybitRequest request)
    {
        var market = _linear.Market(request);
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

    internal JsonObject SwitchMode(BybitRequest request)
    {
        var isHedged = request.Required("mode") == "3";
        if (isHedged == Venue.IsHedged)
            throw new BybitRefusal(110025, "Position mode is not modified");
        Venue.IsHedged = isHedged;
        return [];
    }

    internal JsonObject SetMarginMode(BybitRequest request)
    {
        _marginMode = request.Required("setMarginMode") is "ISOLATED_MARGIN" or "REGULAR_MARGIN" or "PORTFOLIO_MARGIN" ? request.Required("setMarginMode") : throw BybitRefusal.Parameters("setMarginMode");
        return new JsonObject { ["reasons"] = new JsonArray() };
    }

    internal JsonObject Information() => new()
    {
        ["marginMode"] = _marginMode,
        ["updatedTime"] = BybitText.Of(Venue.Now),
        ["unifiedMarginStatus"] = 6,
        ["spotHedgingStatus"] = "OFF",
    };

    internal JsonObject Key() => new()
    {
        ["readOnly"] = CanTrade ? 0 : 1,
        ["permissions"] = new JsonObject
        {
            ["ContractTrade"] = CanTrade ? new JsonArray("Order", "Position") : new JsonArray(),
            ["Spot"] = CanTrade ? new JsonArray("SpotTrade") : new JsonArray(),
            ["Wallet"] = CanWithdraw ? new JsonArray("AccountTransfer", "Withdraw") : new JsonArray(),
        },
        ["ips"] = new JsonArray(IsBoundToAddress ? "127.0.0.1" : "*"),
        ["unified"] = 0,
        ["uta"] = 1,
    };

    /// <summary>What came and went, the newest first; a day from the start where only that is named. Funding that was received is positive here.</summary>
    internal JsonObject Log(BybitRequest request)
    {
        var (from, until) = request.Text("endTime") is null && request.Text("startTime") is not null ? request.Window(Venue.Now, TimeSpan.FromDays(1)) : request.Window(Venue.Now, TimeSpan.FromDays(7));
        if (request.Text("type") is { } type && type != "SETTLEMENT")
            throw BybitRefusal.Parameters($"type {type}");
        return BybitEndpoint.Page(_linear, request, Venue.Income
            .Where(income => income.Kind == VenueIncomeKind.Funding && income.At.UnixMilliseconds >= from && income.At.UnixMilliseconds <= until)
            .Reverse().Select(income => new JsonObject
            {
                ["id"] = income.Id.ToString(CultureInfo.InvariantCulture),
                ["symbol"] = BybitText.Id(income.Symbol),
                ["category"] = "linear",
                ["side"] = "None",
                ["type"] = "SETTLEMENT",
                ["transactionTime"] = BybitText.Of(income.At),
                ["funding"] = BybitText.Of(income.Amount),
                ["fee"] = "",
                ["feeRate"] = BybitText.Of(income.Rate ?? 0m),
                ["cashFlow"] = "0",
                ["change"] = BybitText.Of(income.Amount),
                ["currency"] = income.Asset,
            }), 20, 50);
    }

    internal JsonObject Position(VenueMarket market)
    {
        var venue = Venue;
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
