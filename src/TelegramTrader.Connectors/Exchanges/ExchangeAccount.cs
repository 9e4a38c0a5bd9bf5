using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>One account at one exchange, or, without keys, the public prices of one.</summary>
/// <param name="Exchange">As CCXT calls it: <c>binance</c>.</param>
/// <param name="Kind">Spot pairs or perpetual contracts.</param>
/// <param name="QuoteAsset">What the account is counted in.</param>
public sealed record ExchangeAccount(AccountId Id, string Exchange, ExchangeMarketKind Kind, string QuoteAsset)
{
    /// <summary>The exchange's own test network.</summary>
    public bool Sandbox { get; init; }

    /// <summary>Instead of the exchange's own hosts: a proxy, or a simulated exchange. Null for the exchange's own.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Whether stops rest there; where they don't, the engine watches them.</summary>
    public bool HoldsStops => !ExchangesWithoutStops.Has(Exchange);

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

public enum ExchangeMarketKind
{
    Spot,
    Swap,
}

/// <summary>What proves to an exchange that it is us. Never printed.</summary>
/// <param name="Password">Where an exchange wants a third part (OKX, KuCoin); else null.</param>
public sealed record ExchangeKeys(string ApiKey, string Secret, string? Password)
{
    public override string ToString() => "keys";
}
