using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Connectors.Storage.Journal;

/// <summary>
/// An engine output as it is written down: the same cases as <see cref="EngineOutput"/>, except that a placed order is kept as its intent. An approval
/// is never read back from storage, because only the risk gate may give one.
/// </summary>
public abstract record JournalOutput
{
    private JournalOutput()
    {
    }

    public static JournalOutput From(EngineOutput output) => output switch
    {
        EngineOutput.Place place => new Place(place.Order.Intent),
        EngineOutput.Cancel cancel => new Cancel(cancel.Account, cancel.Symbol, cancel.OrderId),
        EngineOutput.Amend amend => new Amend(amend.Account, amend.Symbol, amend.OrderId, amend.Change),
        EngineOutput.WithdrawForeign foreign => new WithdrawForeign(foreign.Account, foreign.Symbol, foreign.ExchangeId),
        EngineOutput.AskAccount ask => new AskAccount(ask.Account, ask.Orders),
        EngineOutput.Notify notify => new Notify(notify.Notification),
        EngineOutput.Answer answer => new Answer(answer.CommandId, answer.Result),
        _ => throw new InvalidOperationException($"{output.GetType().Name} is not in the set of engine outputs."),
    };

    public sealed record Place(OrderIntent Intent) : JournalOutput;

    public sealed record Cancel(AccountId Account, Symbol Symbol, ClientOrderId OrderId) : JournalOutput;

    public sealed record Amend(AccountId Account, Symbol Symbol, ClientOrderId OrderId, OrderChange Change) : JournalOutput;

    public sealed record WithdrawForeign(AccountId Account, Symbol Symbol, string ExchangeId) : JournalOutput;

    public sealed record AskAccount(AccountId Account, IReadOnlyList<ClientOrderId> Orders) : JournalOutput;

    public sealed record Notify(Notification Notification) : JournalOutput;

    public sealed record Answer(string CommandId, OperatorResult Result) : JournalOutput;
}
