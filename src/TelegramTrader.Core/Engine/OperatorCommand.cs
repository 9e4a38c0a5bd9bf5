using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Core.Engine;

/// <summary>What a person orders: one of a closed set. Rights were checked before it came here.</summary>
public abstract record OperatorCommand
{
    private OperatorCommand()
    {
    }

    /// <summary>Unique; the same id is carried out once.</summary>
    public required string Id { get; init; }

    /// <summary>Who ordered it, as shown to others.</summary>
    public required string By { get; init; }

    /// <summary>Whether that person is an admin.</summary>
    public bool ByAdmin { get; init; }

    /// <param name="Fraction">The part of the open quantity to close; above 0 and at most 1.</param>
    public sealed record CloseTrade(int TradeNumber, decimal Fraction) : OperatorCommand;

    public sealed record CloseAll : OperatorCommand;

    public sealed record MoveStopToEntry(int TradeNumber) : OperatorCommand;

    public sealed record MoveStop(int TradeNumber, Price Price) : OperatorCommand;

    /// <summary>Withdraws the waiting entries of one trade.</summary>
    public sealed record CancelEntries(int TradeNumber) : OperatorCommand;

    /// <param name="Mode">What the bot may do from now on.</param>
    /// <param name="Reason">Why, in the person's words.</param>
    /// <param name="For">How long; null until it is changed.</param>
    public sealed record SetTrading(TradingMode Mode, string Reason, TimeSpan? For) : OperatorCommand;

    /// <summary>Trades a post that the parser was in doubt about, or that a person pasted: all risk rules still hold, and its age counts from now.</summary>
    public sealed record TradePost(ChannelMessage Message) : OperatorCommand;

    /// <summary>Adds a rule to what is known of how a channel writes. Only an admin may.</summary>
    public sealed record TeachRule(ChannelId Channel, ProfileRule Rule) : OperatorCommand;

    /// <summary>Takes a taught rule back. Only an admin may.</summary>
    /// <param name="Number">Of the rule.</param>
    public sealed record ForgetRule(int Number) : OperatorCommand;

    /// <summary>Puts a channel on probation, or lets it off. Open positions and waiting entries are not touched.</summary>
    /// <param name="Reason">A sentence with the values.</param>
    public sealed record SetProbation(ChannelId Channel, bool OnProbation, string Reason) : OperatorCommand;

    /// <summary>Asks the exchange how the account stands.</summary>
    public sealed record ReadAccount : OperatorCommand;

    /// <summary>Decides about something at the exchange that is not in our books. Only an admin may.</summary>
    /// <param name="Number">Of the foreign position.</param>
    public sealed record ResolveForeign(int Number, ForeignResolution Resolution) : OperatorCommand;

    /// <summary>Decides about an order that waits at the exchange and is not in our books. Only an admin may.</summary>
    /// <param name="Number">Of the foreign order.</param>
    public sealed record ResolveForeignOrder(int Number, ForeignOrderResolution Resolution) : OperatorCommand;

    /// <summary>Decides about money that is missing. Only an admin may.</summary>
    /// <param name="Number">Of the question.</param>
    public sealed record ResolveMissingMoney(int Number, MissingMoneyResolution Resolution) : OperatorCommand;

    /// <summary>No entries any more, waiting entries withdrawn; only an admin lifts it.</summary>
    /// <param name="Flatten">Also closes every position.</param>
    public sealed record EmergencyStop(bool Flatten) : OperatorCommand;
}

/// <summary>What came of a command: one of a closed set.</summary>
public abstract record OperatorResult
{
    private OperatorResult()
    {
    }

    /// <param name="Closing">Trades that are being closed, wholly or in part.</param>
    /// <param name="Withdrawn">Trades whose waiting entries are being withdrawn.</param>
    /// <param name="StillOpen">Trades that stay open and are managed.</param>
    /// <param name="State">The trading state after the command.</param>
    public sealed record Done(
        IReadOnlyList<int> Closing, IReadOnlyList<int> Withdrawn, IReadOnlyList<int> StillOpen, TradingState State) : OperatorResult;

    /// <param name="Rule">What was added or taken back.</param>
    /// <param name="IsRemoved">It was taken back.</param>
    public sealed record ProfileChanged(TaughtRule Rule, bool IsRemoved) : OperatorResult;

    /// <param name="Position">What it is about, as it stood when it was decided.</param>
    /// <param name="Resolution">To ignore is done; the others wait for the next report of the exchange.</param>
    public sealed record ForeignDecided(ForeignPosition Position, ForeignResolution Resolution) : OperatorResult;

    /// <param name="Order">What it is about, as it stood when it was decided.</param>
    /// <param name="Resolution">To leave is done; to withdraw waits for the next list of open orders.</param>
    public sealed record ForeignOrderDecided(ForeignOrder Order, ForeignOrderResolution Resolution) : OperatorResult;

    /// <param name="Missing">What it is about.</param>
    /// <param name="Day">What the loss of the day is measured against now; null where nothing is.</param>
    /// <param name="Week">Likewise, of the week.</param>
    public sealed record MissingMoneyDecided(MissingMoney Missing, MissingMoneyResolution Resolution, Money? Day, Money? Week) : OperatorResult;

    /// <param name="Verdicts">One for each idea of the post.</param>
    public sealed record Decided(IReadOnlyList<PostVerdict> Verdicts) : OperatorResult;

    /// <param name="Text">A sentence that names the thing, the limit and the value.</param>
    public sealed record Refused(string Text) : OperatorResult;
}

/// <param name="Number">Of the decision, and of the trade where there is one.</param>
/// <param name="Denial">Why it was not traded; null when it was.</param>
public sealed record PostVerdict(int Number, RuleFailure? Denial)
{
    public override string ToString() => Denial is null ? $"#{Number} traded" : $"#{Number} {Denial.Code}";
}
