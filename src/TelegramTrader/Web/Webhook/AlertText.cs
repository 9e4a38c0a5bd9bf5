using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TelegramTrader.Web.Webhook;

/// <summary>
/// Turns the fields of an alert, as people write them for TradingView, into a post as a channel would write it, which then goes the way of every post. Nothing is guessed: a field that is
/// there and can't be read refuses the alert, because a trade without the stop that somebody meant to send is worse than none.
/// </summary>
/// <remarks>
/// Names: <c>ticker</c>/<c>symbol</c>/<c>pair</c>; <c>market_position</c>, or else <c>action</c>/<c>side</c>/<c>direction</c>; <c>price</c>/<c>entry</c> (a limit, unless <c>type</c> is market; without one, at
/// the market); <c>stop</c>/<c>sl</c>/<c>stop_loss</c>; <c>targets</c>/<c>tp</c>/<c>take_profit</c> (one or a list), <c>tp1</c> to <c>tp9</c>; <c>leverage</c>.
/// </remarks>
internal static partial class AlertText
{
    private static readonly string[] Limits = ["price", "entry", "entryprice"];
    private static readonly string[] Stops = ["stop", "sl", "stoploss", "stopprice"];

    public static (string? Text, string? Problem) Of(AlertFields fields)
    {
        if (fields.Text("ticker", "symbol", "pair") is not { Length: > 0 } ticker)
            return (null, "there is neither a text nor a ticker");
        // BINANCE:BTCUSDT.P names the exchange of the chart, which is not ours.
        var symbol = ticker[(ticker.LastIndexOf(':') + 1)..].ToUpperInvariant();
        if (!Ticker().IsMatch(symbol))
            return (null, "its ticker is not the name of a pair");
        // What a strategy holds afterwards says more than what it did: a sell may be the exit of a long.
        var word = fields.Text("marketposition") is { Length: > 0 } position ? position : fields.Text("action", "side", "direction");
        return word?.ToLowerInvariant() switch
        {
            "buy" or "long" => Signal(fields, "LONG " + symbol),
            "sell" or "short" => Signal(fields, "SHORT " + symbol),
            "close" or "exit" or "flat" => ("Close " + symbol, null),
            null => (null, "there is no action"),
            _ => (null, "its action is none of buy, sell, long, short, close, exit, flat"),
        };
    }

    private static (string? Text, string? Problem) Signal(AlertFields fields, string heading)
    {
        if (!fields.TryNumber(out var price, Limits))
            return (null, "its price is not a number above 0");
        if (!fields.TryNumber(out var stop, Stops))
            return (null, "its stop is not a number above 0");
        if (!fields.TryNumber(out var leverage, "leverage", "lev"))
            return (null, "its leverage is not a number above 0");
        if (Targets(fields) is not { } targets)
            return (null, "its targets are not numbers above 0");
        var isMarket = string.Equals(fields.Text("type", "ordertype"), "market", StringComparison.OrdinalIgnoreCase);
        var text = new StringBuilder(heading);
        text.Append("\nEntry: ").Append(price is null || isMarket ? "market" : Digits(price.Value));
        if (targets.Count > 0)
            text.Append("\nTargets: ").AppendJoin(", ", targets.Select(Digits));
        if (stop is { } level)
            text.Append("\nStop loss: ").Append(Digits(level));
        if (leverage is { } times)
            text.Append("\nLeverage: ").Append(Digits(times)).Append('x');
        return (text.ToString(), null);
    }

    /// <summary>Null when one of them can't be read.</summary>
    private static List<decimal>? Targets(AlertFields fields)
    {
        var targets = new List<decimal>();
        if (fields.Find("targets", "tps", "takeprofits", "target", "tp", "takeprofit") is { } given)
            foreach (var value in given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().ToArray() : [given])
            {
                // An alert that is made of a template has an empty text where there is no such level.
                if (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()))
                    continue;
                if (AlertFields.NumberOf(value) is not { } target)
                    return null;
                targets.Add(target);
            }

        for (var number = 1; number <= 9; number++)
        {
            var digit = number.ToString(CultureInfo.InvariantCulture);
            if (!fields.TryNumber(out var target, "tp" + digit, "target" + digit, "takeprofit" + digit))
                return null;
            if (target is { } found)
                targets.Add(found);
        }

        return targets;
    }

    private static string Digits(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Z0-9]{1,20}([./_-]?[A-Z0-9]{1,20}){0,2}$", RegexOptions.NonBacktracking)]
    private static partial Regex Ticker();
}
