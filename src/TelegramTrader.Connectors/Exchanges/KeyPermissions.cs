using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>What the keys of an account allow, as far as the exchange says; null where it does not.</summary>
public sealed record KeyPermissions(bool? MayTrade, bool? MayWithdraw)
{
    /// <summary>What the exchange says, or the failure.</summary>
    public static async Task<(KeyPermissions? Permissions, ExchangeFailure? Failure)> ReadAsync(ExchangeSession session, CancellationToken cancellationToken)
    {
        var answer = await session.CallAsync<PermissionsWire>(RequestPriority.Read, 5, "exchange.permissions", new { account = session.Account.Id.Value }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
            return failure.Error.Kind == Core.Orders.ExchangeErrorKind.NotSupported ? (new KeyPermissions(null, null), null) : (null, failure);
        var wire = ((GatewayAnswer<PermissionsWire>.Ok)answer).Value;
        return (new KeyPermissions(wire.Trade, wire.Withdraw), null);
    }

    /// <summary>Why an account with these keys must not be traded on; null when it may.</summary>
    public string? Objection => this switch
    {
        { MayWithdraw: true } => "the key may withdraw money. Make one that may only trade, and bind it to this machine's address",
        { MayTrade: false } => "the key may not trade. Allow it (futures where you trade perpetuals) in the exchange's settings",
        _ => null,
    };
}
