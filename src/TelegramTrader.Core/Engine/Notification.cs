using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>How loudly a person is told.</summary>
public enum Urgency
{
    /// <summary>Only the trade's card changes.</summary>
    Card,

    /// <summary>A message without sound.</summary>
    Quiet,

    /// <summary>A message.</summary>
    Normal,

    /// <summary>Money may be at stake now; never muted.</summary>
    Alarm,
}

/// <summary>A fact that a person should hear of: one of a closed set. Facts, not texts: the words are made where they are shown.</summary>
public abstract record Notification
{
    private Notification(Urgency urgency, int? tradeNumber = null)
    {
        Urgency = urgency;
        TradeNumber = tradeNumber;
    }

    public Urgency Urgency { get; }

    /// <summary>The trade it is about; its card is shown anew.</summary>
    public int? TradeNumber { get; }

    public sealed record SignalDenied(int Number, ChannelId Channel, string Pair, TradeSide? Side, string Code, string Reason)
        : Notification(Urgency.Quiet);

    /// <summary>A post that may be a signal and was not traded.</summary>
    public sealed record SignalDoubtful(int Number, ChannelId Channel, string Pair, string Reason) : Notification(Urgency.Quiet);

    public sealed record EntryWaiting(int Number) : Notification(Urgency.Card, Number);

    public sealed record TradeOpened(int Number) : Notification(Urgency.Normal, Number);

    public sealed record EntryAdded(int Number) : Notification(Urgency.Card, Number);

    public sealed record TargetHit(int Number, int Target, Price Price, Quantity Quantity) : Notification(Urgency.Quiet, Number);

    public sealed record StopMoved(int Number, Price From, Price To, StopReason Reason) : Notification(Urgency.Card, Number);

    public sealed record TradeClosed(int Number, ExitReason Reason, Money Net, decimal? RMultiple) : Notification(Urgency.Normal, Number);

    /// <summary>A trade that ended without ever having a position.</summary>
    public sealed record TradeUnfilled(int Number, string Reason) : Notification(Urgency.Quiet, Number);

    public sealed record PartClosed(int Number, ExitReason Reason, Price Price, Quantity Quantity) : Notification(Urgency.Quiet, Number);

    /// <summary>A rest that is too small to be sold was left in the account, and the trade is over.</summary>
    public sealed record DustLeft(int Number, Quantity Quantity, Money Worth) : Notification(Urgency.Quiet, Number);

    public sealed record OrderRejected(int Number, OrderPurpose Purpose, ExchangeError Error) : Notification(Urgency.Normal, Number);

    /// <summary>A follow-up post that could not be carried out.</summary>
    public sealed record UpdateNotApplied(ChannelId Channel, UpdateAction Action, string? Pair, string Reason) : Notification(Urgency.Quiet);

    /// <summary>A channel edited or deleted a post of a trade.</summary>
    public sealed record PostChanged(int Number, MessageChange Change, string Effect) : Notification(Urgency.Quiet, Number);

    public sealed record ProtectionMissing(int Number, Instant Since, string Repair) : Notification(Urgency.Alarm, Number);

    public sealed record ProtectionRestored(int Number, TimeSpan After) : Notification(Urgency.Normal, Number);

    /// <summary>Stops that only the engine watches, while no prices come: nobody protects these positions.</summary>
    /// <param name="Trades">Their numbers.</param>
    public sealed record StopsUnwatched(IReadOnlyList<int> Trades, Instant Since) : Notification(Urgency.Alarm);

    /// <summary>A price has come of a position whose stop nobody had watched.</summary>
    /// <param name="After">How long nobody did.</param>
    /// <param name="Stop">Where the stop is.</param>
    /// <param name="Price">At which the position could be left.</param>
    /// <param name="IsPassed">That is at the stop or beyond it: the position is being closed at the market.</param>
    public sealed record StopWatchedAgain(int Number, TimeSpan After, Price Stop, Price Price, bool IsPassed)
        : Notification(IsPassed ? Urgency.Alarm : Urgency.Normal, Number);

    public sealed record LossWarning(string Period, decimal Loss, decimal Limit, Money Baseline, Instant Since) : Notification(Urgency.Normal);

    public sealed record LossLimitReached(string Period, decimal Loss, decimal Limit, Money Baseline, Instant Since) : Notification(Urgency.Alarm);

    /// <summary>The account has more than the trades explain, for certain: taken for money that was paid in.</summary>
    /// <param name="Day">What the loss of the day is measured against from now on; null where nothing is.</param>
    /// <param name="Week">Likewise, of the week.</param>
    public sealed record MoneyPaidIn(AccountId Account, Money Amount, Money? Day, Money? Week) : Notification(Urgency.Normal);

    /// <summary>The account has less than the trades explain, for certain. It counts as a loss until somebody says that it was taken out.</summary>
    /// <param name="Question">The number by which it is decided; null when it counts for neither day nor week.</param>
    /// <param name="Amount">Above zero.</param>
    /// <param name="Since">The first report that told of it.</param>
    public sealed record MoneyMissing(int? Question, AccountId Account, Money Amount, Instant Since) : Notification(Urgency.Alarm);

    /// <summary>An admin said that missing money was taken out: the loss limits count without it.</summary>
    /// <param name="Day">What the loss of the day is measured against from now on; null where nothing is.</param>
    /// <param name="Week">Likewise, of the week.</param>
    /// <param name="Lifted">The periods whose limit had been reached only by it, and is not any more.</param>
    public sealed record MoneyTakenOut(int Question, AccountId Account, Money Amount, string By, Money? Day, Money? Week, IReadOnlyList<string> Lifted) : Notification(Urgency.Normal);

    public sealed record TradingStateChanged(TradingState State) : Notification(Urgency.Normal);

    public sealed record EmergencyStopped(string By, IReadOnlyList<int> Withdrawn, IReadOnlyList<int> Closing, IReadOnlyList<int> StillOpen)
        : Notification(Urgency.Alarm);

    /// <summary>A channel was put on probation by its results, or has earned its way out.</summary>
    public sealed record ProbationChanged(ChannelId Channel, bool OnProbation, string Reason) : Notification(Urgency.Normal);

    public sealed record ConnectionLost(string Feed, string Reason) : Notification(Urgency.Alarm);

    public sealed record ConnectionRestored(string Feed, TimeSpan After) : Notification(Urgency.Normal);

    /// <summary>What an account report found that we did not know.</summary>
    public sealed record AccountDiffers(AccountId Account, IReadOnlyList<string> Differences) : Notification(Urgency.Alarm);

    /// <summary>Something at the exchange is not in our books, for certain. Told again every hour until somebody decides.</summary>
    /// <param name="Difference">The number of the foreign position, which is not that of a trade.</param>
    /// <param name="Obstacle">Why it can be neither adopted nor closed; null when it can.</param>
    public sealed record ForeignPositionFound(
        int Difference, AccountId Account, Symbol Symbol, TradeSide Side, Quantity Quantity, Price Entry, Instant Since, string? Obstacle) : Notification(Urgency.Alarm);

    /// <summary>A foreign position is gone, or what was ordered for it could not be done.</summary>
    public sealed record ForeignPositionEnded(int Difference, Symbol Symbol, TradeSide Side, Quantity Quantity, string How) : Notification(Urgency.Normal);

    /// <summary>Orders wait at the exchange that are not in our books, for certain. Each is told once, and once more when it may close a position of ours.</summary>
    /// <param name="Orders">Those of them that are shown.</param>
    /// <param name="More">How many further ones there are.</param>
    public sealed record ForeignOrdersFound(AccountId Account, IReadOnlyList<ForeignOrder> Orders, int More)
        : Notification(Orders.Any(order => order.MayCloseOurs) ? Urgency.Alarm : Urgency.Normal);

    /// <summary>What came of a person's word about an order that is not ours.</summary>
    public sealed record ForeignOrderEnded(int Number, OpenOrder Order, string How) : Notification(Urgency.Normal);

    /// <summary>An order of ours that was at the exchange is not known there any more, and nobody had withdrawn it.</summary>
    public sealed record OrderVanished(int Number, OrderPurpose Purpose) : Notification(Urgency.Normal, Number);

    /// <param name="Error">What the latest question came to.</param>
    /// <param name="Since">The first failure after the last report.</param>
    /// <param name="AtStart">Nothing is known of the account since the start: trading is halted. Else only new entries are denied.</param>
    public sealed record AccountUnreadable(AccountId Account, ExchangeError Error, Instant Since, bool AtStart) : Notification(Urgency.Alarm);

    /// <param name="After">How long it could not be read.</param>
    public sealed record AccountReadable(AccountId Account, TimeSpan After) : Notification(Urgency.Normal);

    /// <summary>The desk that trades the same with simulated orders has stopped. Nothing that is traded is touched by that.</summary>
    public sealed record TwinStopped(string Reason) : Notification(Urgency.Normal);

    /// <summary>The program has ended without having been told to.</summary>
    /// <param name="Reason">Half a sentence for people, without anything secret.</param>
    /// <param name="Left">What it left behind; null when that could not be read.</param>
    /// <param name="HasGoneOn">It could not be told then, and the program has been started again since.</param>
    public sealed record ProgramEnded(Instant At, string Reason, ProtectionLeft? Left, bool HasGoneOn) : Notification(Urgency.Alarm);

    /// <summary>The results of one day of the desk.</summary>
    /// <param name="Equity">At the time of the report.</param>
    /// <param name="Twin">The day against its simulated twin, one an asset; null where there is none.</param>
    public sealed record DayReported(
        DateOnly Day, int Trades, int Wins, Money Net, decimal SumR, Money Fees, Money Funding, int Signals, int Accepted, Money? Equity, int Open,
        IReadOnlyList<ExecutionSum>? Twin = null)
        : Notification(Urgency.Quiet);
}
