using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Orders;

public sealed class OrderMovesTests
{
    // Columns: Intended Unknown Working CancelRequested Filled Cancelled Rejected NeverArrived. x: allowed.
    private static readonly Dictionary<OrderPhase, string> Table = new()
    {
        [OrderPhase.Intended] /*       */ = ". x x x x x x x",
        [OrderPhase.Unknown] /*        */ = ". . x x x x x x",
        [OrderPhase.Working] /*        */ = ". x . x x x x .",
        [OrderPhase.CancelRequested] /**/ = ". x . . x x x x",
        [OrderPhase.Filled] /*         */ = ". . . . . . . .",
        [OrderPhase.Cancelled] /*      */ = ". . . . . . . .",
        // Refused, and an earlier sending of the same order may turn up.
        [OrderPhase.Rejected] /*       */ = ". x x . . . . .",
        // Never at the exchange, as it said: it may be handed over again, or turn up after all.
        [OrderPhase.NeverArrived] /*   */ = "x x x . . . . .",
    };

    [Fact]
    public void IsAllowed_EveryPair_IsAsInTheTable()
    {
        foreach (var from in Enum.GetValues<OrderPhase>())
        {
            var row = Table[from].Split(' ');
            foreach (var to in Enum.GetValues<OrderPhase>())
                Assert.True(OrderMoves.IsAllowed(from, to) == (row[(int)to] == "x"), $"{from} → {to}");
        }
    }

    [Fact]
    public void MovedTo_EveryUnlistedMove_Throws()
    {
        foreach (var from in Enum.GetValues<OrderPhase>())
            foreach (var to in Enum.GetValues<OrderPhase>())
            {
                var order = Order(State(from));
                if (OrderMoves.IsAllowed(from, to))
                    Assert.Equal(to, order.MovedTo(State(to), Some.Time).State.Phase);
                else
                    Assert.Throws<InvalidOperationException>(() => order.MovedTo(State(to), Some.Time));
            }
    }

    [Theory]
    [InlineData(OrderPhase.Intended, false)]
    [InlineData(OrderPhase.Unknown, false)]
    [InlineData(OrderPhase.Working, false)]
    [InlineData(OrderPhase.CancelRequested, false)]
    [InlineData(OrderPhase.Filled, true)]
    [InlineData(OrderPhase.Cancelled, true)]
    [InlineData(OrderPhase.Rejected, true)]
    [InlineData(OrderPhase.NeverArrived, true)]
    public void IsFinal_EachPhase_IsAsListed(OrderPhase phase, bool expected)
    {
        Assert.Equal(expected, OrderMoves.IsFinal(phase));
        Assert.Equal(!expected, Order(State(phase)).IsLive);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 3)]
    [InlineData(5, 0)]
    [InlineData(6, 0)] // an exchange that fills more than was ordered leaves nothing, and no negative rest
    public void Remaining_AfterFills_IsNeverBelowZero(int filled, int expected)
    {
        var order = Order(new OrderState.Working("1"));
        if (filled > 0)
            order = order.WithFill(new Quantity(filled), Some.Price(), Some.Time);
        Assert.Equal(expected, order.Remaining.Value);
    }

    private static OrderState State(OrderPhase phase) => phase switch
    {
        OrderPhase.Intended => new OrderState.Intended(),
        OrderPhase.Unknown => new OrderState.Unknown(Some.Time),
        OrderPhase.Working => new OrderState.Working("1"),
        OrderPhase.CancelRequested => new OrderState.CancelRequested(),
        OrderPhase.Filled => new OrderState.Filled(),
        OrderPhase.Cancelled => new OrderState.Cancelled("test"),
        OrderPhase.Rejected => new OrderState.Rejected(new ExchangeError(ExchangeErrorKind.InvalidOrder, "1", "test")),
        OrderPhase.NeverArrived => new OrderState.NeverArrived(),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "Not in the table."),
    };

    private static Order Order(OrderState state) => new()
    {
        Intent = new OrderIntent
        {
            Id = new ClientOrderId("test"),
            Account = Some.Account,
            Symbol = Some.Btc,
            Side = OrderSide.Buy,
            Kind = new OrderKind.Market(),
            Quantity = new Quantity(5m),
            ReduceOnly = false,
            TradeNumber = 1,
            Purpose = new OrderPurpose.Entry(0),
        },
        State = state,
        CreatedAt = Some.Time,
        ChangedAt = Some.Time,
    };
}
