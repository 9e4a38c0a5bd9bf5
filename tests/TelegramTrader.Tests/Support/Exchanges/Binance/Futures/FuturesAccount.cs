using System.Text.Json.Nodes;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Futures;

/// <summary>Balances, positions and what was earned and paid.</summary>
internal sealed class FuturesAccount(TradingVenue venue, BinanceAccount account)
{
    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.Signed("GET /fapi/v2/balance", "", _ => new JsonArray(Balance()), 5),
        BinanceRoute.Signed("GET /fapi/v3/balance", "", _ => new JsonArray(Balance()), 5),
        BinanceRoute.Signed("GET /fapi/v2/account", "", _ => Account(), 5),
        BinanceRoute.Signed("GET /fapi/v3/account", "", _ => Account(), 5),
        BinanceRoute.Signed("GET /fapi/v2/positionRisk", "symbol", request => Risks(request, onlyOpen: false), 5),
        BinanceRoute.Signed("GET /fapi/v3/positionRisk", "symbol", request => Risks(request, onlyOpen: true), 5),
        BinanceRoute.Signed("GET /fapi/v1/income", "symbol incomeType startTime endTime page limit", Income, 30),
        BinanceRoute.Signed("GET /fapi/v1/commissionRate", "symbol!", request => new JsonObject
        {
            ["symbol"] = BinanceText.Id(request.Market(venue).Instrument.Symbol),
            ["makerCommissionRate"] = BinanceText.Of(venue.Settings.MakerFee),
            ["takerCommissionRate"] = BinanceText.Of(venue.Settings.TakerFee),
        }, 20),
    ];

    private decimal Unrealised => venue.Positions.Sum(position => position.UnrealisedAt(venue.Market(position.Symbol).Instrument, venue.Market(position.Symbol).Mark));

    private JsonObject Balance() => new()
    {
        ["accountAlias"] = "SgsR",
        ["asset"] = venue.Settings.SettlementAsset,
        ["balance"] = BinanceText.Of(venue.Wallet),
        ["crossWalletBalance"] = BinanceText.Of(venue.Wallet),
        ["crossUnPnl"] = BinanceText.Of(Unrealised),
        ["availableBalance"] = BinanceText.Of(Math.Max(0m, venue.FreeMargin)),
        ["maxWithdrawAmount"] = BinanceText.Of(Math.Max(0m, venue.FreeMargin)),
        ["marginAvailable"] = true,
        ["updateTime"] = venue.Now.UnixMilliseconds,
    };

    private JsonObject Account()
    {
        var held = venue.Positions.Sum(position => position.Margin);
        return new JsonObject
        {
            ["feeTier"] = 0,
            ["canTrade"] = account.CanTrade,
            ["canDeposit"] = true,
            ["canWithdraw"] = account.CanWithdraw,
            ["updateTime"] = 0,
            ["multiAssetsMargin"] = false,
            ["totalInitialMargin"] = BinanceText.Of(venue.Wallet - venue.FreeMargin),
            ["totalMaintMargin"] = BinanceText.Of(venue.Positions.Sum(Maintenance)),
            ["totalWalletBalance"] = BinanceText.Of(venue.Wallet),
            ["totalUnrealizedProfit"] = BinanceText.Of(Unrealised),
            ["totalMarginBalance"] = BinanceText.Of(venue.Wallet + Unrealised),
            ["totalPositionInitialMargin"] = BinanceText.Of(held),
            ["availableBalance"] = BinanceText.Of(Math.Max(0m, venue.FreeMargin)),
            ["maxWithdrawAmount"] = BinanceText.Of(Math.Max(0m, venue.FreeMargin)),
            ["assets"] = new JsonArray(new JsonObject
            {
                ["asset"] = venue.Settings.SettlementAsset,
                ["walletBalance"] = BinanceText.Of(venue.Wallet),
                ["unrealizedProfit"] = BinanceText.Of(Unrealised),
                ["marginBalance"] = BinanceText.Of(venue.Wallet + Unrealised),
                ["maintMargin"] = BinanceText.Of(venue.Positions.Sum(Maintenance)),
                ["initialMargin"] = BinanceText.Of(venue.Wallet - venue.FreeMargin),
                ["positionInitialMargin"] = BinanceText.Of(held),
                ["openOrderInitialMargin"] = BinanceText.Of(venue.Wallet - venue.FreeMargin - held),
                ["crossWalletBalance"] = BinanceText.Of(venue.Wallet),
                ["crossUnPnl"] = BinanceText.Of(Unrealised),
                ["availableBalance"] = BinanceText.Of(Math.Max(0m, venue.FreeMargin)),
                ["maxWithdrawAmount"] = BinanceText.Of(Math.Max(0m, venue.FreeMargin)),
                ["updateTime"] = venue.Now.UnixMilliseconds,
            }),
            ["positions"] = new JsonArray([.. venue.Markets.Where(market => venue.Position(market.Instrument.Symbol) is not null).Select(Risk)]),
        };
    }

    private JsonNode Risks(BinanceRequest request, bool onlyOpen) => new JsonArray([.. request.Markets(venue)
        .Where(market => !onlyOpen || venue.Position(market.Instrument.Symbol) is not null)
        .Select(Risk)]);

    private JsonObject Risk(VenueMarket market)
    {
        var position = venue.Position(market.Instrument.Symbol);
        var quantity = position is null ? 0m : position.Side.Sign() * position.Quantity.Value;
        var units = quantity * market.Instrument.ContractSize;
        var entry = position is null ? 0m : position.Cost / (position.Quantity.Value * market.Instrument.ContractSize);
        var unrealised = position?.UnrealisedAt(market.Instrument, market.Mark) ?? 0m;
        return new JsonObject
        {
            ["symbol"] = BinanceText.Id(market.Instrument.Symbol),
            ["positionSide"] = "BOTH",
            ["positionAmt"] = BinanceText.Of(quantity),
            ["entryPrice"] = BinanceText.Of(entry),
            ["breakEvenPrice"] = BinanceText.Of(entry),
            ["markPrice"] = BinanceText.Of(market.Mark),
            ["unRealizedProfit"] = BinanceText.Of(unrealised),
            ["unrealizedProfit"] = BinanceText.Of(unrealised),
            ["liquidationPrice"] = BinanceText.Of(position?.LiquidationPrice(market.Instrument) ?? 0m),
            ["leverage"] = market.Leverage.ToString("0", System.Globalization.CultureInfo.InvariantCulture),
            ["marginType"] = market.IsIsolated ? "isolated" : "cross",
            ["isolatedMargin"] = BinanceText.Of(market.IsIsolated ? (position?.Margin ?? 0m) + unrealised : 0m),
            ["isolatedWallet"] = BinanceText.Of(market.IsIsolated ? position?.Margin ?? 0m : 0m),
            ["notional"] = BinanceText.Of(units * market.Mark),
            ["marginAsset"] = venue.Settings.SettlementAsset,
            ["initialMargin"] = BinanceText.Of(position?.Margin ?? 0m),
            ["maintMargin"] = BinanceText.Of(position is null ? 0m : Maintenance(position)),
            ["positionInitialMargin"] = BinanceText.Of(position?.Margin ?? 0m),
            ["openOrderInitialMargin"] = "0",
            ["adl"] = 0,
            ["bidNotional"] = "0",
            ["askNotional"] = "0",
            ["updateTime"] = venue.Now.UnixMilliseconds,
        };
    }

    private decimal Maintenance(SimulatedPosition position)
    {
        var market = venue.Market(position.Symbol);
        return position.Quantity.Value * market.Instrument.ContractSize * market.Mark * market.Instrument.MaintenanceMarginRate;
    }

    private JsonNode Income(BinanceRequest request)
    {
        _ = request.Markets(venue).ToArray();
        var wanted = venue.Income.Where(income => request.IsWithin(income.At)
            && (request.Text("symbol") is not { } id || BinanceText.Id(income.Symbol) == id)
            && (request.Text("incomeType") is not { } type || Kind(income.Kind) == type)).ToArray();
        var limit = request.Limit(100, 1000);
        return new JsonArray([.. (request.Whole("startTime") is null ? wanted.TakeLast(limit) : wanted.Take(limit)).Select(income => new JsonObject
        {
            ["symbol"] = BinanceText.Id(income.Symbol),
            ["incomeType"] = Kind(income.Kind),
            ["income"] = BinanceText.Of(income.Amount),
            ["asset"] = income.Asset,
            ["info"] = Kind(income.Kind),
            ["time"] = income.At.UnixMilliseconds,
            ["tranId"] = income.Id,
            ["tradeId"] = income.TradeId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        })]);
    }

    private static string Kind(VenueIncomeKind kind) => kind switch
    {
        VenueIncomeKind.Funding => "FUNDING_FEE",
        VenueIncomeKind.Realised => "REALIZED_PNL",
        VenueIncomeKind.Fee => "COMMISSION",
        VenueIncomeKind.Liquidation => "INSURANCE_CLEAR",
        _ => throw new InvalidOperationException($"{kind} is not in the set of kinds."),
    };
}
