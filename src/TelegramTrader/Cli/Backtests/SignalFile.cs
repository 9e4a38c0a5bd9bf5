using System.Globalization;
using System.Text.Json;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary>A signal of a file with its symbol as written there.</summary>
/// <param name="Refused">Why it is not taken although its line can be read; null when it is.</param>
internal sealed record WrittenSignal(string Symbol, IndependentSignal Signal, string? Refused);

/// <summary>What a file of ready signals holds.</summary>
/// <param name="BadLines">Those that can't be read, each with what is wrong; the others count.</param>
internal sealed record SignalFile(IReadOnlyList<WrittenSignal> Signals, IReadOnlyList<BadLine> BadLines)
{
    private const int MostTargets = 100;
    private const int LongestText = 100;
    private const decimal HighestPrice = 1_000_000_000_000m;

    /// <summary>The last moment a calendar knows, in Unix milliseconds.</summary>
    private const long LatestTime = 253_402_300_799_999;

    /// <exception cref="IOException">The file can't be read.</exception>
    public static SignalFile Read(string path)
    {
        var signals = new List<WrittenSignal>();
        var bad = new List<BadLine>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                signals.Add(Signal(document.RootElement));
            }
            catch (JsonException exception)
            {
                bad.Add(new BadLine(number, $"not JSON: {exception.Message.Split(". ", 2)[0].TrimEnd('.')}"));
            }
            catch (FormatException exception)
            {
                bad.Add(new BadLine(number, exception.Message));
            }
            catch (InvalidOperationException)
            {
                // A string with half a surrogate pair passes as JSON and can't be turned into text.
                bad.Add(new BadLine(number, "a text has an escape that is no character"));
            }
        }

        return new SignalFile(signals, bad);
    }

    private static WrittenSignal Signal(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object)
            throw new FormatException($"expected a JSON object, found {line.ValueKind.ToString().ToLowerInvariant()}");
        var id = Text(line, "id");
        var symbol = Text(line, "symbol");
        if (!line.TryGetProperty("time", out var time) || time.ValueKind != JsonValueKind.Number || !time.TryGetInt64(out var milliseconds) || milliseconds is < 0 or > LatestTime)
            throw new FormatException(Found("'time' must be a whole number of Unix milliseconds", line, "time"));
        var side = Text(line, "side") switch
        {
            "long" => TradeSide.Long,
            "short" => TradeSide.Short,
            var other => throw new FormatException($"'side' must be long or short, but is '{other}'"),
        };
        if (!line.TryGetProperty("entry", out var entry) || entry.ValueKind != JsonValueKind.Object)
            throw new FormatException(Found("'entry' must be an object such as {\"type\": \"market\"}", line, "entry"));
        var type = Text(entry, "type");
        if (!line.TryGetProperty("targets", out var targets) || targets.ValueKind != JsonValueKind.Array || targets.GetArrayLength() > MostTargets)
            throw new FormatException(Found($"'targets' must be a list of at most {MostTargets} prices", line, "targets"));
        var prices = targets.EnumerateArray().Select(target => PriceOf("a target", target)).ToArray();
        var stop = line.TryGetProperty("stop", out var written) ? PriceOf("'stop'", written) : throw new FormatException("there is no 'stop'");
        return new WrittenSignal(
            symbol, new IndependentSignal(id, new Instant(milliseconds), side, prices, stop), type == "market" ? null : $"only entries at the market are taken, but this one is '{type}'");
    }

    private static string Text(JsonElement of, string name)
    {
        var text = !of.TryGetProperty(name, out var value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : value.ValueKind == JsonValueKind.Number && name == "id" ? value.GetRawText()
            : null;
        return text is { Length: > 0 and <= LongestText } ? text : throw new FormatException(Found($"'{name}' must be a text of 1 to {LongestText} characters", of, name));
    }

    /// <summary>A number, or one in quotation marks, read to its last digit.</summary>
    private static Price PriceOf(string what, JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var price) && price is > 0m and <= HighestPrice
            ? new Price(price)
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{what} must be a price above 0 and at most {HighestPrice}, but is {Short(value.GetRawText())}"));
    }

    private static string Found(string rule, JsonElement of, string name) => $"{rule}, but {(of.TryGetProperty(name, out var value) ? "is " + Short(value.GetRawText()) : "is missing")}";

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

/// <param name="Line">The first is 1.</param>
internal sealed record BadLine(int Line, string Reason);
