using System.Globalization;

namespace TelegramTrader.Core.Orders;

/// <summary>What an order is for: one of a closed set.</summary>
public abstract record OrderPurpose
{
    private OrderPurpose()
    {
    }

    /// <summary>What stands for the purpose in a client order id: <c>e0</c>, <c>s</c>, <c>t1</c>, <c>x</c>. Attempts are counted by it.</summary>
    public abstract string Key { get; }

    /// <param name="Leg">0 for the first entry price, 1 for the second, and so on.</param>
    public sealed record Entry(int Leg) : OrderPurpose
    {
        public override string Key => "e" + Leg.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The protective stop of the whole position.</summary>
    public sealed record Stop : OrderPurpose
    {
        public override string Key => "s";
    }

    /// <param name="Number">1 for the first target, 2 for the second, and so on.</param>
    public sealed record Target(int Number) : OrderPurpose
    {
        public override string Key => "t" + Number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>An order that closes all or part of the position at the market.</summary>
    public sealed record Exit(ExitReason Reason) : OrderPurpose
    {
        public override string Key => "x";
    }
}

/// <summary>Why a position, or a part of it, was closed.</summary>
public enum ExitReason
{
    Target,
    Stop,
    Breakeven,
    TrailingStop,
    TimeLimit,
    ByChannel,
    ByUser,
    EmergencyStop,
    StopRefused,
    Liquidation,
    LossLimit,

    /// <summary>Nobody wanted it any more: an entry that was filled after the trade had ended.</summary>
    Remainder,
    OutsideTheBot,
}
