using System.Text.Json.Nodes;
using TelegramTrader.Tests.Support.Exchanges.Venue;

namespace TelegramTrader.Tests.Support.Exchanges.Binance.Spot;

/// <summary>Balances, and what the key may do.</summary>
internal sealed class SpotAccount(TradingVenue venue, BinanceAccount account)
{
    public IEnumerable<BinanceRoute> Routes() =>
    [
        BinanceRoute.Signed("GET /api/v3/account", "omitZeroBalances", Account, 20),
        BinanceRoute.Signed("GET /sapi/v1/account/apiRestrictions", "", _ => Restrictions()),
        BinanceRoute.Signed("GET /sapi/v1/asset/tradeFee", "symbol", request => new JsonArray([.. request.Markets(venue).Select(market => new JsonObject
        {
            ["symbol"] = BinanceText.Id(market.Instrument.Symbol),
            ["makerCommission"] = BinanceText.Of(venue.Settings.MakerFee),
            ["takerCommission"] = BinanceText.Of(venue.Settings.TakerFee),
        })])),
        BinanceRoute.Public("GET /sapi/v1/system/status", "", _ => new JsonObject { ["status"] = 0, ["msg"] = "normal" }),
    ];

    private JsonNode Account(BinanceRequest request) => new JsonObject
    {
        ["makerCommission"] = (int)(venue.Settings.MakerFee * 10_000m),
        ["takerCommission"] = (int)(venue.Settings.TakerFee * 10_000m),
        ["canTrade"] = account.CanTrade,
        ["canWithdraw"] = account.CanWithdraw,
        ["canDeposit"] = true,
        ["accountType"] = "SPOT",
        ["updateTime"] = venue.Now.UnixMilliseconds,
        ["balances"] = new JsonArray([.. venue.Balances.Where(balance => !request.Flag("omitZeroBalances") || balance.Total != 0m).Select(Balance)]),
        ["permissions"] = new JsonArray("SPOT"),
        ["uid"] = 354937868,
    };

    private static JsonObject Balance(SpotBalance balance) =>
        new() { ["asset"] = balance.Asset, ["free"] = BinanceText.Of(balance.Free), ["locked"] = BinanceText.Of(balance.Locked) };

    private JsonObject Restrictions() => new()
    {
        ["ipRestrict"] = account.IsBoundToAddress,
        ["createTime"] = 1698645219000,
        ["enableReading"] = true,
        ["enableWithdrawals"] = account.CanWithdraw,
        ["enableInternalTransfer"] = false,
        ["enableMargin"] = false,
        ["enableFutures"] = account.CanTrade,
        ["permitsUniversalTransfer"] = false,
        ["enableVanillaOptions"] = false,
        ["enableFixApiTrade"] = false,
        ["enableFixReadOnly"] = false,
        ["enableSpotAndMarginTrading"] = account.CanTrade,
        ["enablePortfolioMarginTrading"] = false,
    };
}
