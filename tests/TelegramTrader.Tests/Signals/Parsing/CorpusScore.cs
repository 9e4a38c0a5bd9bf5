using System.Globalization;
using System.Text.Json;
using TelegramTrader.Core.Signals.Parsing.Reports;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>
/// Counts how many posts were read as their labels say. A signal is exact when symbol, side, entry prices, targets, stop and leverage all
/// agree; prices that a label marks as written in another unit may differ by one power of ten. A mistake is dangerous when the bot would
/// have acted on it without asking. Posts marked as ambiguous are left out.
/// </summary>
internal sealed class CorpusScore
{
    private static readonly string[] Acting = ["close", "close_partial", "move_sl", "move_sl_to_entry", "cancel"];

    private int _posts;
    private int _kinds;
    private int _signals;
    private int _exact;
    private int _exactAndAuto;
    private int _updates;
    private int _rightUpdates;

    public double Kinds => (double)_kinds / _posts;

    public double Exact => (double)_exact / _signals;

    public double ExactAndAuto => (double)_exactAndAuto / _signals;

    public double Updates => (double)_rightUpdates / _updates;

    public int Dangerous { get; private set; }

    public void Add(JsonElement post, ParseReport report)
    {
        if (post.TryGetProperty("ambiguous", out var ambiguous) && ambiguous.GetBoolean())
            return;
        var kind = post.GetProperty("kind").GetString();
        var label = post.GetProperty("label");
        _posts++;
        _kinds += kind == report.Kind ? 1 : 0;
        _signals += kind == "signal" ? 1 : 0;
        _updates += kind == "update" ? 1 : 0;
        if (kind == "signal" && report.Signal is { } signal && report.Kind == "signal")
            AddSignal(label, signal, report.Auto);
        else if (kind == "update" && report.Kind == "update")
            _rightUpdates += IsSameUpdate(label, report.Update!) ? 1 : 0;
        else if (kind != "signal" && report is { Kind: "signal", Auto: true })
            Dangerous++;
        if (kind != "update" && report is { Kind: "update", Auto: true } && Acting.Contains(report.Update!.Action))
            Dangerous++;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"posts {_posts}, kinds {Kinds:0.0000}, signals exact {Exact:0.0000}, exact and auto {ExactAndAuto:0.0000}, updates {Updates:0.0000}, dangerous {Dangerous}");

    private void AddSignal(JsonElement label, SignalReport signal, bool isAuto)
    {
        var unit = label.TryGetProperty("price_unit", out _) ? Unit(label, signal) : 1.0;
        var symbol = SameSymbol(label, signal.Symbol);
        var side = label.GetProperty("side").GetString() == signal.Side;
        var stop = SameValue(label.GetProperty("stop"), signal.Stop, unit);
        var wanted = Numbers(label.GetProperty("entry").GetProperty("prices"));
        var isMarket = label.GetProperty("entry").GetProperty("type").GetString() == "market" && signal.Entry is { Type: "market", Prices.Count: 0 };
        var entry = isMarket || SameList(wanted, [.. (signal.Entry?.Prices ?? []).Select(price => (double)price * unit)]);
        var targets = SameList([.. label.GetProperty("targets").EnumerateArray().Select(target => Value(target))], [.. signal.Targets.Select(target => Value(target, unit))]);
        var leverage = SameLeverage(label.GetProperty("leverage"), signal.Leverage);
        var isExact = symbol && side && stop && entry && targets && leverage;
        _exact += isExact ? 1 : 0;
        _exactAndAuto += isExact && isAuto ? 1 : 0;
        if (isAuto)
            Dangerous += (symbol ? 0 : 1) + (side ? 0 : 1) + (stop || signal.Stop is null ? 0 : 1);
    }

    private static bool IsSameUpdate(JsonElement label, UpdateReport update)
    {
        var actions = new List<string?> { label.GetProperty("action").GetString() };
        if (label.TryGetProperty("also", out var also) && also.ValueKind == JsonValueKind.Array)
            actions.AddRange(also.EnumerateArray().Select(action => action.GetString()));
        if (!actions.Contains(update.Action))
            return false;
        var index = label.TryGetProperty("target_index", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : (int?)null;
        return update.Action != "tp_hit" || index is null || index == update.TargetIndex;
    }

    private static bool SameSymbol(JsonElement label, string? symbol)
    {
        var wanted = Plain(label.GetProperty("symbol").GetString());
        var got = Plain(symbol);
        var baseOnly = label.TryGetProperty("quote_inferred", out var inferred) && inferred.GetBoolean();
        return baseOnly ? wanted.Split('/')[0] == got.Split('/')[0] : wanted == got;
    }

    private static string Plain(string? symbol) => (symbol ?? "").ToUpperInvariant().Split(':')[0].Replace('-', '/').Replace('_', '/').Replace(".P", "", StringComparison.Ordinal);

    /// <summary>The power of ten between the prices of the label and those that were read.</summary>
    private static double Unit(JsonElement label, SignalReport signal)
    {
        var wanted = Numbers(label.GetProperty("entry").GetProperty("prices")).Concat(label.GetProperty("targets").EnumerateArray().Where(target => target.ValueKind == JsonValueKind.Number).Select(target => target.GetDouble())).ToList();
        var got = (signal.Entry?.Prices ?? []).Concat(signal.Targets.OfType<decimal>()).Select(price => (double)price).ToList();
        if (wanted.Count == 0 || got.Count == 0)
            return 1.0;
        var power = Enumerable.Range(-10, 21).FirstOrDefault(n => Near(wanted.Min(), got.Min() * Math.Pow(10, n)));
        return Math.Pow(10, power);
    }

    private static bool SameValue(JsonElement wanted, object? got, double unit) =>
        wanted.ValueKind == JsonValueKind.Null ? got is null : got is not null && Value(wanted) is var (isPercent, value) && Value(got, unit) is var (gotPercent, gotValue) && isPercent == gotPercent && Near(value, gotValue);

    private static (bool IsPercent, double Value) Value(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number)
            return (false, element.GetDouble());
        var percent = element.GetProperty("pct");
        return (true, Math.Abs(percent.ValueKind == JsonValueKind.Array ? percent.EnumerateArray().Last().GetDouble() : percent.GetDouble()));
    }

    private static (bool IsPercent, double Value) Value(object value, double unit) =>
        value is PercentReport percent ? (true, (double)percent.Pct) : (false, (double)(decimal)value * unit);

    private static bool SameList(List<(bool IsPercent, double Value)> wanted, List<(bool IsPercent, double Value)> got)
    {
        var (left, right) = (wanted.OrderBy(item => item.Value).ToList(), got.OrderBy(item => item.Value).ToList());
        return left.Count == right.Count && left.Zip(right).All(pair => pair.First.IsPercent == pair.Second.IsPercent && Near(pair.First.Value, pair.Second.Value));
    }

    private static bool SameList(List<double> wanted, List<double> got) =>
        SameList([.. wanted.Select(value => (false, value))], [.. got.Select(value => (false, value))]);

    private static bool SameLeverage(JsonElement wanted, object? got)
    {
        List<double> left = wanted.ValueKind switch { JsonValueKind.Null => [], JsonValueKind.Array => Numbers(wanted), _ => [wanted.GetDouble()] };
        List<double> right = got switch { null => [], decimal[] range => [.. range.Select(value => (double)value)], _ => [(double)(decimal)got] };
        return left.SequenceEqual(right);
    }

    private static List<double> Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-6 * Math.Max(Math.Max(Math.Abs(left), Math.Abs(right)), 1e-12);
}
