using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Core.Engine;

/// <summary>What the engine wants done: one of a closed set. Carried out only after it was committed.</summary>
public abstract record EngineOutput
{
    private EngineOutput()
    {
    }

    public sealed record Place(ApprovedOrder Order) : EngineOutput
    {
        // Two approvals of the same intent are the same output; the approval itself has no content of its own.
        public bool Equals(Place? other) => other is not null && Order.Intent == other.Order.Intent;

        public override int GetHashCode() => Order.Intent.GetHashCode();
    }

    public sealed record Cancel(AccountId Account, Symbol Symbol, ClientOrderId OrderId) : EngineOutput;

    /// <summary>A stop is to be changed in place.</summary>
    public sealed record Amend(AccountId Account, Symbol Symbol, ClientOrderId OrderId, OrderChange Change) : EngineOutput;

    /// <summary>A person wants an order withdrawn that is not ours.</summary>
    public sealed record WithdrawForeign(AccountId Account, Symbol Symbol, string ExchangeId) : EngineOutput;

    /// <summary>Ask the exchange what became of these orders, and how the account stands.</summary>
    public sealed record AskAccount(AccountId Account, IReadOnlyList<ClientOrderId> Orders) : EngineOutput
    {
        public bool Equals(AskAccount? other) => other is not null && Account == other.Account && Orders.SequenceEqual(other.Orders);

        public override int GetHashCode() => HashCode.Combine(Account, Orders.Count);
    }

    public sealed record Notify(Notification Notification) : EngineOutput;

    public sealed record Answer(string CommandId, OperatorResult Result) : EngineOutput;
}
