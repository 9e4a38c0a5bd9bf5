using System.Collections;
using System.Globalization;
using System.Reflection;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Tests.Scenarios;

/// <summary>Writes what the engine put out, one line each: orders and questions, what people are told, and what was decided and why.</summary>
internal static class ScenarioPrinter
{
    public static IEnumerable<string> Print(TradingEngine engine)
    {
        foreach (var message in engine.Changes.Messages)
            yield return $"read as {message.Kind}{(message.Reason.Length > 0 ? ": " + Named(message.Reason, engine) : "")}";
        foreach (var decision in engine.Changes.Decisions)
            yield return decision.Outcome == DecisionOutcome.Accepted
                ? $"decided #{decision.Number} {decision.Outcome}{(decision.Sizing is { } sizing ? $": {sizing.Quantity} for {sizing.PlannedLoss} at risk, {Text(sizing.Leverage)}x" : " without a size of our own")}"
                : $"decided #{decision.Number} {decision.Outcome}: {decision.Failure!.Code}: {decision.Failure.Text}";
        foreach (var claim in engine.Changes.Claims)
            yield return $"claim #{claim.Number} {claim.Checked.Claim}: {claim.Checked.Verdict.ToString().ToLowerInvariant()}: {claim.Checked.Reason}";
        foreach (var output in engine.Outputs)
            yield return Print(output, engine);
        foreach (var note in engine.Changes.Notes)
            yield return $"note #{note.TradeNumber}: {Named(note.Text, engine)}";
    }

    public static IEnumerable<string> Show(EngineState state)
    {
        var trading = state.EffectiveTrading;
        yield return $"trading {trading.Mode}{(trading.NeedsAdmin ? ", only an admin lifts it" : "")}{(trading.Until is { } until ? $" until {Clock(until)}" : "")}: {trading.Reason}; wallet {state.Wallet}, equity {state.Equity}";
        foreach (var trade in state.Trades.Values)
        {
            var position = trade.Position is { } open ? $"{trade.Side} {open.Quantity} @ {open.AverageEntry}" : trade.Side.ToString();
            yield return $"#{trade.Number} {trade.Stage} {ScenarioNames.Of(trade.Instrument.Symbol)} {position}, stop {trade.Exits.Stop.Price} ({trade.Exits.Stop.Reason})"
                + string.Concat(trade.Exits.Targets.Select(target => $", target {target.Number} {target.Price}{(target.IsHit ? " hit" : "")}"))
                + (trade.Exit is { } exit ? $", closing {exit.Quantity} ({exit.Reason} by {exit.By})" : "")
                + (trade.UnprotectedSince is { } since ? $", no stop since {Clock(since)}" : "")
                + (trade.EntriesClosed is { } closed ? $", no entries: {closed}" : "")
                + (trade.End is { } end ? $", ended: {(end is TradeEnd.PositionClosed left ? left.Reason.ToString() : ((TradeEnd.NeverFilled)end).Reason)}" : "")
                + (trade.Closed.Count > 0 ? $", net {trade.Net}{(trade.RMultiple is { } multiple ? $" = {Text(Math.Round(multiple, 4))} R" : "")}" : "");
            var live = state.OrdersOf(trade.Number).Where(order => order.IsLive).Select(order => $"{ScenarioNames.Of(order.Intent)} {order.Remaining} {order.State.Phase}{Change(order.Change)}").ToArray();
            if (live.Length > 0)
                yield return $"#{trade.Number} orders: {string.Join(", ", live)}";
        }
    }

    /// <summary>What the loss limits measure, and how far they are.</summary>
    public static IEnumerable<string> Limits(EngineState state)
    {
        foreach (var (name, baseline) in new[] { ("day", state.Day), ("week", state.Week) })
            yield return baseline is null ? $"{name} unknown" : $"{name} from {baseline.Equity}: {Text(state.Equity is { } equity ? baseline.LossAt(equity) * 100m : null)} % lost"
                + $"{(baseline.Warned ? ", warned" : "")}{(baseline.LimitReached ? ", limit reached" : "")}{(baseline.OnlyByMissingMoney ? " by missing money" : "")}{(baseline.Unexplained == 0m ? "" : $", {Text(baseline.Unexplained)} unexplained")}";
        foreach (var missing in state.MissingMoney)
            yield return $"missing {missing}, of the day {Text(missing.Day?.Amount)}, of the week {Text(missing.Week?.Amount)}";
    }

    private static string Print(EngineOutput output, TradingEngine engine) => output switch
    {
        EngineOutput.Place { Order.Intent: var intent } =>
            $"place {ScenarioNames.Of(intent)} {(intent.Side == OrderSide.Buy ? "buy" : "sell")} {intent.Quantity} {ScenarioNames.Of(intent.Symbol)} {Kind(intent.Kind)}{(intent.ReduceOnly ? " reduce-only" : $" {Text(intent.Leverage)}x")}",
        EngineOutput.Cancel cancel => $"cancel {Named(cancel.OrderId.Value, engine)}",
        EngineOutput.Amend amend => $"amend {Named(amend.OrderId.Value, engine)} to {amend.Change.Quantity} stop {amend.Change.Trigger}",
        EngineOutput.WithdrawForeign foreign => $"withdraw foreign {ScenarioNames.Of(foreign.Symbol)} {foreign.ExchangeId}",
        EngineOutput.AskAccount ask => $"ask account{string.Concat(ask.Orders.Select(id => " " + Named(id.Value, engine)))}",
        EngineOutput.Notify { Notification: var notification } => $"tell {notification.Urgency} {Fields(notification, engine)}",
        EngineOutput.Answer answer => $"answer {answer.CommandId} {Fields(answer.Result, engine)}",
        _ => throw new InvalidOperationException($"{output.GetType().Name} is not in the set of outputs."),
    };

    private static string Change(ChangeUnderWay? change) => change is { To: var to } ? $" (to {to.Quantity} stop {to.Trigger}{(change.IsLost ? ", lost" : "")})" : "";

    private static string Kind(OrderKind kind) => kind switch
    {
        OrderKind.Market => "market",
        OrderKind.Limit limit => $"limit {limit.Price}",
        OrderKind.StopMarket stop => $"stop {stop.Trigger}",
        OrderKind.OneCancelsOther pair => $"pair {pair.Limit}/{pair.Trigger}",
        OrderKind.TakeProfitMarket target => $"take-profit {target.Trigger}",
        _ => throw new InvalidOperationException($"{kind.GetType().Name} is not in the set of kinds."),
    };

    private static string Fields(object fact, TradingEngine engine)
    {
        var fields = fact.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.Name is not "EqualityContract")
            .Select(property => (property.Name, Value: Named(Text(property.GetValue(fact)), engine)))
            .Where(field => field.Value.Length > 0)
            .Select(field => field.Name == "Number" ? "#" + field.Value : $"{field.Name}={field.Value}");
        return string.Join(' ', [fact.GetType().Name, .. fields]);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
        Instant at => Clock(at),
        OrderPurpose purpose => purpose.Key,
        TradingState state => $"{state.Mode}{(state.NeedsAdmin ? " (admin)" : "")}{(state.Until is { } until ? $" until {Clock(until)}" : "")}",
        ExchangeError error => error.Kind.ToString(),
        IEnumerable list => "[" + string.Join("; ", list.Cast<object>().Select(Text)) + "]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Order ids are hashes: where one stands in a text, its short name is shown.</summary>
    private static string Named(string text, TradingEngine engine)
    {
        foreach (var order in engine.State.Orders.Values)
            if (text.Contains(order.Id.Value, StringComparison.Ordinal))
                text = System.Text.RegularExpressions.Regex.Replace(text, $@"\b{order.Id.Value}\b(?!\d)", ScenarioNames.Of(order.Intent));
        return text;
    }

    private static string Clock(Instant at) => at.ToDateTimeOffset().ToString(at.UnixMilliseconds % 1000 == 0 ? "dd'T'HH:mm:ss" : "dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
