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
    string Symbol, string Id, string Base, string Quote, string? Settle, string Kind, bool Active, bool? Linear, decimal? Tick, decimal? Step, decimal? MinQuantity, decimal? MinNotional,
    decimal? ContractSize, decimal? MaxLeverage, decimal? MaintenanceMarginRate, decimal? MakerFee, decimal? TakerFee);

internal sealed record MarketListWire(IReadOnlyList<MarketWire> Markets);

internal sealed record QuoteWire(string Symbol, decimal? Bid, decimal? Ask, decimal? Last, long At);

internal sealed record AssetWire(string Asset, decimal? Free, decimal? Used, decimal? Total, decimal? Wallet = null);

internal sealed record BalanceWire(IReadOnlyList<AssetWire> Assets);

internal sealed record PositionWire(string Symbol, string Side, decimal Quantity, decimal? Entry, decimal? Mark = null, decimal? Liquidation = null, decimal? Leverage = null, string? MarginMode = null, decimal? OpenProfit = null);

internal sealed record PreparedWire(decimal? Leverage, string? MarginMode, string? PositionMode, bool Verified, IReadOnlyList<string>? Notes);

/// <param name="ChildId">The order that a triggered order became, where the exchange gives it an id of its own.</param>
internal sealed record OrderWire(
    string? Id, string? ClientOrderId, string Symbol, string? Side, string? Type, string Status, decimal? Quantity, decimal? Filled, decimal? Average, long? At, string? ChildId = null);

internal sealed record FeeWire(decimal Cost, string Asset);

internal sealed record FillWire(string Id, string OrderId, string? ClientOrderId, string Symbol, string Side, decimal Price, decimal Quantity, FeeWire? Fee, bool? Maker, long At);

internal sealed record FundingPaymentWire(string Id, string Symbol, decimal Amount, string Asset, long At, decimal? Rate = null);

internal sealed record FundingRateWire(string Symbol, decimal? Rate, long? NextAt, decimal? IntervalHours = null);

internal sealed record PermissionsWire(bool? Trade, bool? Withdraw);
