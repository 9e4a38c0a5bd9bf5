using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Chat;

/// <summary>Orders and fills, a row each.</summary>
public static class OrderText
{
    public static void Write(AnswerBuilder text, IReadOnlyList<Order> orders, Formats formats)
    {
        if (orders.Count == 0)
            return;
        text.Heading("Orders");
        foreach (var order in orders)
            text.Plain($"{formats.ShortTime(order.CreatedAt)} {Purpose(order.Intent.Purpose, formats)}: {Kind(order, formats)} × {formats.Quantity(order.Intent.Quantity)} – {State(order, formats)} ").Code(order.Id.Value).EndRow();
    }

    public static void WriteFills(AnswerBuilder text, IReadOnlyList<Fill> fills, Formats formats)
    {
        if (fills.Count == 0)
            return;
        text.Heading("Fills");
        foreach (var fill in fills)
            text.Line($"{formats.Time(fill.HappenedAt)} {(fill.Side == OrderSide.Buy ? "buy" : "sell")} {formats.Quantity(fill.Quantity)} at {formats.Price(fill.Price)}, fee {formats.Money(fill.Fee)} {(fill.IsMaker ? "maker" : "taker")}{(fill.TargetInSameCandle ? " – a target lay in the same candle, the stop was taken to come first" : "")}");
    }

    public static string Purpose(OrderPurpose purpose, Formats formats) => purpose switch
    {
        OrderPurpose.Entry entry => $"entry {entry.Leg + 1}",
        OrderPurpose.Stop => "stop",
        OrderPurpose.Target target => $"target {target.Number}",
        OrderPurpose.Exit exit => $"exit ({formats.Reason(exit.Reason)})",
        _ => throw new InvalidOperationException($"{purpose.GetType().Name} is not in the set of purposes."),
    };

    private static string Kind(Order order, Formats formats) => order.Intent.Kind switch
    {
        OrderKind.Market => "market",
        OrderKind.Limit limit => $"limit {formats.Price(limit.Price)}",
        OrderKind.StopMarket stop => $"stop-market {formats.Price(stop.Trigger)}",
        OrderKind.OneCancelsOther pair => $"limit {formats.Price(pair.Limit)} or stop-market {formats.Price(pair.Trigger)}",
        OrderKind.TakeProfitMarket target => $"take-profit {formats.Price(target.Trigger)}",
        _ => throw new InvalidOperationException($"{order.Intent.Kind.GetType().Name} is not in the set of orders."),
    };

    private static string State(Order order, Formats formats) => order.State switch
    {
        OrderState.Intended => "sent",
        OrderState.Unknown => "outcome unknown, being asked",
        OrderState.Working => order.Filled.IsZero ? "working" : $"{formats.Quantity(order.Filled)} filled",
        OrderState.CancelRequested => "being withdrawn",
        OrderState.Filled => "filled",
        OrderState.Cancelled => order.Filled.IsZero ? "withdrawn" : $"withdrawn after {formats.Quantity(order.Filled)}",
        OrderState.Rejected rejected => $"rejected: {rejected.Error.Message}",
        OrderState.NeverArrived => "never arrived",
        _ => throw new InvalidOperationException($"{order.State.GetType().Name} is not in the set of states."),
    };
}
