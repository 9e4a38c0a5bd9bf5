using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>What an account holds of the asset that it is counted in.</summary>
public sealed record AccountBalance(Money Total, Money Free)
{
    /// <summary>The assets of which the account holds anything, or one sentence that says why they could not be read.</summary>
    public static async Task<(IReadOnlySet<string>? Assets, string? Trouble)> HeldAsync(ExchangeSession session, CancellationToken cancellationToken)
    {
        var answer = await session.CallAsync<BalanceWire>(RequestPriority.Read, 5, "exchange.balance", new { account = session.Account.Id.Value }, cancellationToken);
        return ExchangeErrors.Of(answer) is { } failure
            ? (null, TraderWords.Of(failure.Error, session.Account.Exchange, AfterRefusal.Over))
            : (((GatewayAnswer<BalanceWire>.Ok)answer).Value.Assets.Where(asset => asset.Total is not 0m).Select(asset => asset.Asset).ToHashSet(StringComparer.Ordinal), null);
    }

    /// <summary>What the exchange says, or one sentence that says why it could not be read.</summary>
    public static async Task<(AccountBalance? Balance, string? Trouble)> ReadAsync(ExchangeSession session, CancellationToken cancellationToken)
    {
        var answer = await session.CallAsync<BalanceWire>(RequestPriority.Read, 5, "exchange.balance", new { account = session.Account.Id.Value }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
            return (null, TraderWords.Of(failure.Error, session.Account.Exchange, AfterRefusal.Over));
        var asset = ((GatewayAnswer<BalanceWire>.Ok)answer).Value.Assets.FirstOrDefault(entry => entry.Asset == session.Account.QuoteAsset);
        return (new AccountBalance(new Money(asset?.Total ?? 0m, session.Account.QuoteAsset), new Money(asset?.Free ?? 0m, session.Account.QuoteAsset)), null);
    }
}
