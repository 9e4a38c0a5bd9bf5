using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Trading.Twin;

/// <summary>
/// What the twin is to do after the live desk has decided something: open the same trade, and carry out what a channel, a person or a loss limit had carried out there. What
/// follows from executions and prices (a stop to the entry after a target, a trailing stop, an expired entry) it finds out by itself: that is what is compared. Pure.
/// </summary>
internal static class TwinOrders
{
    private const string By = "live desk";

    /// <param name="before">The trades as they stood before the commit, by number.</param>
    public static IEnumerable<EngineEvent> Of(EngineCommit commit, IReadOnlyDictionary<int, Trade> before)
    {
        var isOrdered = commit.Event is EngineEvent.MessageReceived or EngineEvent.OperatorCommanded
            || commit.Outputs.Any(output => output is EngineOutput.Notify { Notification: Notification.LossLimitReached });
        foreach (var after in commit.Changes.Trades.Values)
        {
            if (!before.TryGetValue(after.Number, out var earlier))
            {
                // One that was accepted by this very event; any other began where the twin did not see it. What was taken over from the account has no size of our own, and no entry.
                if (commit.Changes.Decisions.Any(decision => decision.Number == after.Number && decision is { Outcome: DecisionOutcome.Accepted, Sizing: not null }))
                    yield return new EngineEvent.TradeFollowed(after) { At = commit.Now };
            }
            else if (after.End is TradeEnd.PositionClosed { Reason: ExitReason.OutsideTheBot } && !earlier.IsFinished)
            {
                // Whoever closed it at the exchange decided that, as one who does it in the chat.
                yield return Close(after.Number, commit.Now);
            }
            else if (isOrdered)
            {
                foreach (var change in Changes(earlier, after, Cause(commit), commit.Now))
                    yield return change;
            }
        }
    }

    /// <summary>Closes what is left of a trade that has ended live.</summary>
    public static EngineEvent Close(int number, Instant now) => Command(new OperatorCommand.CloseTrade(number, 1m) { Id = Id(number, "end", string.Create(CultureInfo.InvariantCulture, $"{now.UnixMilliseconds}")), By = By }, now);

    private static IEnumerable<EngineEvent> Changes(Trade before, Trade after, string cause, Instant now)
    {
        var number = after.Number;
        if (after.Exits.Stop != before.Exits.Stop)
            yield return Command(after.Exits.Stop.Reason == StopReason.Breakeven
                ? new OperatorCommand.MoveStopToEntry(number) { Id = Id(number, "stop", cause), By = By }
                : new OperatorCommand.MoveStop(number, after.Exits.Stop.Price) { Id = Id(number, "stop", cause), By = By }, now);
        if (!after.Exits.Targets.SequenceEqual(before.Exits.Targets))
            yield return new EngineEvent.TradeFollowed(after) { At = now };
        if (after.Exit is { Reason: ExitReason.ByChannel or ExitReason.ByUser or ExitReason.EmergencyStop or ExitReason.LossLimit } exit && exit != before.Exit)
            yield return Command(new OperatorCommand.CloseTrade(number, Fraction(before, exit)) { Id = Id(number, "close", cause), By = By }, now);
        else if (after.EntriesClosed is not null && before.EntriesClosed is null)
            yield return Command(new OperatorCommand.CancelEntries(number) { Id = Id(number, "entries", cause), By = By }, now);
    }

    /// <summary>The part of what was open, and not being closed already, that is now to be closed.</summary>
    private static decimal Fraction(Trade before, ExitRequest exit)
    {
        if (exit.Everything)
            return 1m;
        var underWay = before.Exit?.Quantity.Value ?? 0m;
        var left = before.OpenQuantity.Value - underWay;
        return left <= 0m ? 1m : Math.Clamp((exit.Quantity.Value - underWay) / left, 0.000001m, 1m);
    }

    private static EngineEvent.OperatorCommanded Command(OperatorCommand command, Instant now) => new(command) { At = now };

    /// <summary>What names the event for ever.</summary>
    private static string Cause(EngineCommit commit) => commit.Event switch
    {
        EngineEvent.OperatorCommanded commanded => commanded.Command.Id,
        EngineEvent.MessageReceived { Message: var message } => string.Create(CultureInfo.InvariantCulture, $"{message.Channel}/{message.MessageId}/{message.Revision}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{commit.Now.UnixMilliseconds}"),
    };

    // Derived, so that the same decision told twice is carried out once.
    private static string Id(int number, string what, string cause) => string.Create(CultureInfo.InvariantCulture, $"twin-{number}-{what}-{cause}");
}
