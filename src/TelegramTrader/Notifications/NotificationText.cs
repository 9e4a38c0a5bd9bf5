using System.Globalization;
using TelegramTrader.Chat;
using TelegramTrader.Chat.Commands;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Notifications;

/// <summary>The words of a notification: which trade, channel, pair, side, price, why. Facts a person acts on, in one or a few rows.</summary>
public sealed class NotificationText(string label, Formats formats)
{
    /// <param name="trade">The trade it is about, as it stands now; null when it is about none.</param>
    public ChatAnswer Write(Notification notification, Trade? trade)
    {
        var text = new AnswerBuilder();
        switch (notification)
        {
            case Notification.SignalDenied denied:
                text.Bold($"#{denied.Number} not traded").Plain($" · {denied.Channel} {denied.Pair} {(denied.Side is { } side ? formats.Side(side) : "")}").EndRow()
                    .Line($"{denied.Reason} ({denied.Code})");
                break;
            case Notification.SignalDoubtful doubtful:
                text.Bold($"#{doubtful.Number} in doubt, not traded").Plain($" · {doubtful.Channel} {doubtful.Pair}").EndRow().Line(doubtful.Reason)
                    .Buttons(TradeCommand.Button(doubtful.Number.ToString(CultureInfo.InvariantCulture)), new ChatButton("Why", new ButtonData.Run($"/why {doubtful.Number}").ToString()), TeachCommand.Button(doubtful.Number.ToString(CultureInfo.InvariantCulture)));
                break;
            case Notification.EntryWaiting:
                Head(text, "⏳ waiting for entry", trade);
                if (trade is not null)
                    text.Line($"{PositionText.Entries(trade, formats)} · stop {formats.Price(trade.Exits.Stop.Price)} · at risk {formats.Money(trade.PlannedLoss)}");
                break;
            case Notification.TradeOpened:
                Head(text, "🟢 opened", trade);
                if (trade?.Position is { } opened)
                    text.Line($"{formats.Quantity(opened.Quantity)} at {formats.Price(opened.AverageEntry, trade.Instrument)} · stop {formats.Price(trade.Exits.Stop.Price)} · {trade.Exits.Targets.Count} target(s) · {formats.Number(trade.Leverage)}x");
                break;
            case Notification.EntryAdded:
                Head(text, "➕ entry added", trade);
                if (trade?.Position is { } added)
                    text.Line($"now {formats.Quantity(added.Quantity)} at {formats.Price(added.AverageEntry, trade.Instrument)}");
                break;
            case Notification.TargetHit hit:
                Head(text, $"🎯 target {hit.Target} hit", trade);
                text.Line($"{formats.Quantity(hit.Quantity)} at {formats.Price(hit.Price)}");
                break;
            case Notification.StopMoved moved:
                Head(text, "↕ stop moved", trade);
                text.Line($"{formats.Price(moved.From)} → {formats.Price(moved.To)} ({moved.Reason})");
                break;
            case Notification.PartClosed part:
                Head(text, "✂ part closed", trade);
                text.Line($"{formats.Quantity(part.Quantity)} at {formats.Price(part.Price)}: {formats.Reason(part.Reason)}");
                break;
            case Notification.TradeClosed closed:
                Head(text, closed.Net.IsNegative ? "🔴 closed" : "✅ closed", trade);
                text.Bold(formats.Change(closed.Net) + (closed.RMultiple is { } multiple ? $" ({formats.R(multiple)})" : "")).Plain($" · {formats.Reason(closed.Reason)}").EndRow();
                break;
            case Notification.TradeUnfilled unfilled:
                Head(text, "never filled", trade);
                text.Line(unfilled.Reason);
                break;
            case Notification.DustLeft dust:
                Head(text, "a rest is left", trade);
                text.Line($"{formats.Quantity(dust.Quantity)}{(trade is null ? "" : " " + trade.Instrument.Symbol.Base)}, worth {formats.Money(dust.Worth)}, can't be sold: below the exchange's minimum. It stays in the account.");
                break;
            case Notification.OrderRejected rejected:
                Head(text, $"⚠ the exchange rejected the {OrderText.Purpose(rejected.Purpose, formats)} order", trade);
                text.Line(TraderWords.Of(rejected.Error, "the exchange", rejected.Purpose is OrderPurpose.Entry ? AfterRefusal.EntryGivenUp : AfterRefusal.TriedAgain));
                break;
            case Notification.UpdateNotApplied update:
                text.Bold("Update not carried out").Plain($" · {update.Channel} {update.Pair} {update.Action}: {update.Reason}").EndRow();
                break;
            case Notification.PostChanged changed:
                Head(text, changed.Change == MessageChange.Deleted ? "🗑 the channel deleted the post" : "✏ the channel edited the post", trade);
                text.Line(changed.Effect);
                break;
            case Notification.ProtectionMissing missing:
                Head(text, "🚨 NO STOP", trade);
                text.Line($"since {formats.Time(missing.Since)}: {missing.Repair}");
                break;
            case Notification.ProtectionRestored restored:
                Head(text, "the stop is back", trade);
                text.Line($"after {formats.Age(restored.After)}");
                break;
            case Notification.StopsUnwatched unwatched:
                text.Bold($"🚨 NOBODY WATCHES THE STOP of {Numbers(unwatched.Trades)}").Plain($" · no prices since {formats.Time(unwatched.Since)}").EndRow()
                    .Line("No stop rests at the exchange: only the bot closes there, and it sees no price. Look at the exchange itself if this lasts. Nothing new is entered meanwhile.");
                break;
            case Notification.StopWatchedAgain again:
                Head(text, again.IsPassed ? "🚨 THE STOP WAS PASSED while nobody watched" : "the stop is watched again", trade);
                text.Line($"after {formats.Age(again.After)}; now {formats.Price(again.Price)}, stop {formats.Price(again.Stop)}{(again.IsPassed ? ": it is being closed at the market" : "")}");
                break;
            case Notification.LossWarning warning:
                Loss(text, $"⚠ Loss of the {warning.Period}", warning.Loss, warning.Limit, warning.Baseline, warning.Since);
                break;
            case Notification.LossLimitReached reached:
                Loss(text, $"🚨 LOSS LIMIT of the {reached.Period} reached", reached.Loss, reached.Limit, reached.Baseline, reached.Since);
                text.Line($"No entries until the {reached.Period} ends. Positions stay managed.");
                break;
            case Notification.MoneyPaidIn paid:
                text.Bold($"{formats.Money(paid.Amount)} more than the trades explain").Plain($" · in the account {paid.Account}: taken for a payment in.").EndRow()
                    .Line(MoneyText.Baselines(paid.Day, paid.Week, formats));
                break;
            case Notification.MoneyMissing missing:
                text.Bold($"🚨 {formats.Money(missing.Amount)} less than the trades explain").Plain($" · in the account {missing.Account}, since {formats.ShortTime(missing.Since)}").EndRow();
                if (missing.Question is { } question)
                    text.Line("It counts as a loss, also for the loss limits, unless an admin says that it was taken out. What somebody did at the exchange by hand, or a position that was closed there by force, is a loss. If you know of nothing, look at the exchange.").Buttons(MoneyText.Buttons(question));
                else
                    text.Line("It went before the day and the week began, and counts for neither loss limit. If nobody took it out, look at the exchange.");
                break;
            case Notification.MoneyTakenOut taken:
                text.Bold($"{formats.Money(taken.Amount)} were a withdrawal").Plain($", says {taken.By}. {MoneyText.Baselines(taken.Day, taken.Week, formats)}").EndRow();
                if (taken.Lifted.Count > 0)
                    text.Line($"The loss limit of the {string.Join(" and of the ", taken.Lifted)} had been reached only by it, and is lifted. Entries that were withdrawn stay withdrawn.");
                break;
            case Notification.TradingStateChanged { State: var state }:
                text.Bold(state.Mode switch { TradingMode.Active => "Trading is active", TradingMode.ReducingOnly => "No new entries", _ => "Trading is halted" })
                    .Plain($" · set by {state.By}: {state.Reason}{(state.Until is { } until ? $", until {formats.ShortTime(until)}" : "")}").EndRow();
                break;
            case Notification.ProbationChanged { OnProbation: true } probation:
                text.Bold($"⚖ {probation.Channel} is on probation").Plain($": {probation.Reason}.").EndRow()
                    .Line("Its signals make no live entries until they earn that back. They are judged on; what is open stays managed.");
                break;
            case Notification.ProbationChanged free:
                text.Bold($"⚖ {free.Channel} is off probation").Plain($": {free.Reason}. Its signals are traded again.").EndRow();
                break;
            case Notification.EmergencyStopped stopped:
                text.Bold($"🚨 EMERGENCY STOP by {stopped.By}").EndRow()
                    .Line($"Entries withdrawn: {Numbers(stopped.Withdrawn)} · closing: {Numbers(stopped.Closing)} · still open: {Numbers(stopped.StillOpen)}");
                break;
            case Notification.ConnectionLost lost:
                text.Bold($"🚨 {lost.Feed} lost").Plain($": {lost.Reason}").EndRow();
                break;
            case Notification.ConnectionRestored back:
                text.Bold($"{back.Feed} is back").Plain($" after {formats.Age(back.After)}").EndRow();
                break;
            case Notification.AccountDiffers differs:
                text.Bold($"🚨 The account {differs.Account} is not as in our books").EndRow();
                foreach (var difference in differs.Differences)
                    text.Line("• " + difference);
                break;
            case Notification.ForeignPositionFound found:
                text.Bold($"🚨 {ForeignText.Name(found.Side, found.Quantity, found.Symbol, formats)} is not ours").Plain($" · in the account {found.Account}, entered at {formats.Price(found.Entry)}, since {formats.ShortTime(found.Since)}").EndRow()
                    .Line("No stop of the bot protects it, and no new entry is made in the symbol while it is there.");
                if (found.Obstacle is { } obstacle)
                    text.Line($"It can be neither adopted nor closed from here: {obstacle}.");
                text.Buttons(ForeignText.Buttons(found.Difference, found.Obstacle is null, isIgnored: false));
                break;
            case Notification.ForeignPositionEnded ended:
                text.Bold(ForeignText.Name(ended.Side, ended.Quantity, ended.Symbol, formats)).Plain($", which was not ours: {ended.How}.").EndRow();
                break;
            case Notification.ForeignOrdersFound found:
                text.Bold($"{(found.Orders.Any(order => order.MayCloseOurs) ? "🚨" : "⚠")} Open orders that are not the bot's").Plain($" · in the account {found.Account}").EndRow();
                foreach (var order in found.Orders)
                {
                    text.Line($"{order.Number}: {ForeignText.Name(order.Order, formats)}{(ForeignText.Warning(order) is { } warning ? $". {warning}" : "")}");
                    text.Buttons(ForeignText.Buttons(order));
                }

                text.Line($"{(found.More > 0 ? $"And {found.More} more: /reconcile. " : "")}The bot leaves them as they are until an admin decides.");
                break;
            case Notification.ForeignOrderEnded ended:
                text.Bold(ForeignText.Name(ended.Order, formats)).Plain($", which was not ours: {ended.How}.").EndRow();
                break;
            case Notification.OrderVanished vanished:
                Head(text, $"⚠ the {OrderText.Purpose(vanished.Purpose, formats)} order vanished at the exchange", trade);
                text.Line("Nobody had withdrawn it. What is still wanted is placed again.");
                break;
            case Notification.AccountUnreadable unreadable:
                text.Bold($"🚨 The account {unreadable.Account} can't be read").Plain(unreadable.AtStart
                    ? $": {TraderWords.Of(unreadable.Error, "the exchange", AfterRefusal.TriedAgain)} Trading stays halted until it can."
                    : $" since {formats.ShortTime(unreadable.Since)}: {TraderWords.Of(unreadable.Error, "the exchange", AfterRefusal.TriedAgain)} No new entries until it can; positions stay managed.").EndRow();
                break;
            case Notification.AccountReadable readable:
                text.Bold($"The account {readable.Account} can be read again").Plain($" after {formats.Age(readable.After)}").EndRow();
                break;
            case Notification.DayReported day:
                text.Bold($"{label} {day.Day:yyyy-MM-dd}").Plain($": {day.Trades} closed, {day.Wins} won → ").Bold($"{formats.Change(day.Net)} ({formats.R(day.SumR)})").EndRow()
                    .Line($"Fees {formats.Money(day.Fees)} · funding {formats.Change(day.Funding)} · signals {day.Signals}, accepted {day.Accepted}")
                    .Line($"{day.Open} open now{(day.Equity is { } equity ? $", equity {formats.Money(equity)}" : "")}");
                foreach (var twin in day.Twin ?? [])
                    text.Line(TwinText.Line(twin, formats));
                break;
            case Notification.TwinStopped stopped:
                text.Bold("The PAPER twin has stopped").Plain($": {stopped.Reason}. {label} trading goes on; trades are not compared with paper until the bot is started again.").EndRow();
                break;
            case Notification.ProgramEnded ended:
                ProgramEndText.Write(text, ended, label, formats);
                break;
            default:
                throw new InvalidOperationException($"{notification.GetType().Name} is not in the set of notifications.");
        }

        return text.Build();
    }

    private void Head(AnswerBuilder text, string what, Trade? trade)
    {
        if (trade is null)
            text.Bold($"{label} {what}").EndRow();
        else
            text.Bold($"{label} #{trade.Number} {what}").Plain($" · {trade.Signal.Channel} {trade.Instrument.Symbol.Pair} {formats.Side(trade.Side)}").EndRow();
    }

    private void Loss(AnswerBuilder text, string what, decimal loss, decimal limit, Money baseline, Instant since) =>
        text.Bold(what).Plain($": {formats.Percent(loss)} of {formats.Percent(limit)}, against {formats.Money(baseline)} since {formats.ShortTime(since)}, open loss counted").EndRow();

    private static string Numbers(IReadOnlyList<int> numbers) => numbers.Count == 0 ? "none" : string.Join(", ", numbers.Select(number => $"#{number}"));
}
