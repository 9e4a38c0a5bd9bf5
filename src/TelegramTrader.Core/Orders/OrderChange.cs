using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Orders;

/// <summary>What a waiting stop is to become where it stands, without being withdrawn. It keeps its ids.</summary>
/// <param name="Number">1 for the first change of an order, 2 for the second, and so on: an answer is never taken for that of another change.</param>
/// <param name="Trigger">On the losing side of the market, on the instrument's tick.</param>
/// <param name="Quantity">Of the whole order; on the instrument's step.</param>
public sealed record OrderChange(int Number, Price Trigger, Quantity Quantity);

/// <summary>A change that the exchange was asked for and that is not answered: the order stands as it did before, or as the change says.</summary>
/// <param name="IsLost">What came of it is unknown, and is never asked for again: the order is withdrawn, and a new one takes its place.</param>
public sealed record ChangeUnderWay(OrderChange To, Instant Since, bool IsLost = false);
