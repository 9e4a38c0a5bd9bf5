namespace TelegramTrader.Tests.Support.Exchanges.Venue;

/// <summary>Two orders for the same coins of which one ends the other (OCO): with the first execution at the limit, or when the stop's trigger is reached. Changed only under the venue's lock.</summary>
public sealed class VenueOrderList(long id, string clientId, VenueOrder limit, VenueOrder stop)
{
    public long Id { get; } = id;

    public string ClientId { get; } = clientId;

    public VenueOrder Limit { get; } = limit;

    public VenueOrder Stop { get; } = stop;

    public IReadOnlyList<VenueOrder> Orders => [Stop, Limit];

    public bool IsOpen => Limit.IsOpen || Stop.IsOpen;

    /// <summary>What one of them locks is enough for both: for coins the limit's, for money the dearer stop's.</summary>
    public VenueOrder Unlocked => Limit.Request.Side == Core.Orders.OrderSide.Sell ? Stop : Limit;
}
