namespace TelegramTrader.Connectors.Exchanges;

// What the gateway sends about exchanges, as it sends it: amounts are exact text there and decimals here, instants are Unix milliseconds.

/// <param name="Kind"><c>spot</c> or <c>swap</c>.</param>
/// <param name="BaseUrl">Instead of the exchange's own hosts; null for those.</param>
internal sealed record OpenRequest(string Account, string Exchange, string Kind, bool Sandbox, string? BaseUrl, int RequestTimeout, string? ApiKey, string? Secret, string? Password)
{
    // Not as records print themselves: it holds secrets.
    public override string ToString() => $"{Account} at {Exchange}";
}

internal sealed record OpenedWire(Dictionary<string, System.Text.Json.JsonElement> Can);

internal sealed record ClockWire(long ServerTime, long Offset);

internal sealed record MarketWire(
    string Symbol, string Base, string Quote, string Kind, bool Active, string? Settle = null, bool? Linear = null, decimal? Tick = null, decimal? Step = null, decimal? MinQuantity = null, decimal? MaxQuantity = null,
    decimal? MinNotional = null, decimal? ContractSize = null, decimal? MaxLeverage = null, decimal? MaintenanceMarginRate = null, decimal? MakerFee = null, decimal? TakerFee = null,
    bool? HoldsStops = null, bool? AmendsStops = null, bool? HoldsPairs = null);

internal sealed record QuoteWire(string Symbol, long At, decimal? Bid = null, decimal? Ask = null, decimal? Last = null);

/// <param name="Candle">A row as <c>exchange.candles</c> has them.</param>
internal sealed record CandleWire(string Symbol, string Timeframe, IReadOnlyList<System.Text.Json.JsonElement> Candle);

/// <param name="Pushed">Whether the exchange says by itself when a candle has closed.</param>
internal sealed record WatchedCandlesWire(bool Pushed);

/// <param name="Wallet">What is there without the open profit of positions, where the exchange tells it.</param>
internal sealed record AssetWire(string Asset, decimal? Free = null, decimal? Total = null, decimal? Wallet = null);

internal sealed record BalanceWire(IReadOnlyList<AssetWire> Assets);

internal sealed record PositionWire(string Symbol, string Side, decimal Quantity, decimal? Entry = null, decimal? OpenProfit = null);

internal sealed record PreparedWire(bool Verified, decimal? Leverage = null, string? MarginMode = null, string? PositionMode = null, IReadOnlyList<string>? Notes = null);

/// <param name="Status">Null right after an order was sent: it was taken, and no more was said.</param>
/// <param name="ChildId">The order that a triggered order became, where the exchange gives it an id of its own; of a pair its stop, while the id is that of its limit.</param>
internal sealed record OrderWire(
    string Symbol, string? Status = null, string? Id = null, string? ClientOrderId = null, decimal? Filled = null, string? ChildId = null,
    string? Side = null, string? Type = null, decimal? Quantity = null, decimal? Price = null, decimal? Trigger = null, bool? ReduceOnly = null);

internal sealed record FeeWire(decimal Cost, string Asset);

internal sealed record FillWire(
    string Id, string OrderId, string Symbol, string Side, decimal Price, decimal Quantity, long At, string? ClientOrderId = null, FeeWire? Fee = null, bool? Maker = null);

internal sealed record FundingPaymentWire(string Id, string Symbol, decimal Amount, string Asset, long At, decimal? Rate = null);

internal sealed record FundingRateWire(string Symbol, decimal? Rate = null, long? NextAt = null);

internal sealed record PermissionsWire(bool? Trade = null, bool? Withdraw = null);
