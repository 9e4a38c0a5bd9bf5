using System.Text.Json;
using System.Text.Json.Serialization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Connectors.Recordings;

/// <summary>
/// A recorded market on disk: <c>instruments.json</c>, which names the files of each instrument, <c>candles/NAME-1m.csv.gz</c>, <c>funding/NAME.csv</c>
/// and <c>posts.jsonl</c>.
/// </summary>
public static class RecordingFolder
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <exception cref="RecordingException">A file is missing or wrong.</exception>
    public static RecordedMarket Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new RecordingException($"The recording folder '{folder}' does not exist.");
        var instruments = Instruments(Path.Combine(folder, "instruments.json"));
        var candles = new List<(Symbol, Candle)>();
        var funding = new List<FundingRate>();
        foreach (var (name, instrument) in instruments)
        {
            candles.AddRange(CandleFile.ReadCandles(Path.Combine(folder, "candles", name + "-1m.csv.gz"), Timeframe.OneMinute).Select(candle => (instrument.Symbol, candle)));
            var fundingFile = Path.Combine(folder, "funding", name + ".csv");
            if (File.Exists(fundingFile))
                funding.AddRange(CandleFile.ReadFunding(fundingFile, instrument.Symbol));
        }

        return new RecordedMarket([.. instruments.Select(entry => entry.Instrument)], candles, funding, Posts(Path.Combine(folder, "posts.jsonl")));
    }

    /// <summary>What is recorded, by symbol, without its prices.</summary>
    /// <exception cref="RecordingException">The list of instruments is missing or wrong.</exception>
    public static IReadOnlyList<Symbol> Symbols(string folder) => [.. Instruments(Path.Combine(folder, "instruments.json")).Select(entry => entry.Instrument.Symbol)];

    /// <summary>The one-minute candles of one symbol; none when it is not recorded.</summary>
    /// <exception cref="RecordingException">A file is missing or wrong.</exception>
    public static IReadOnlyList<Candle> Candles(string folder, Symbol symbol) =>
        Instruments(Path.Combine(folder, "instruments.json")).Where(entry => entry.Instrument.Symbol == symbol).Select(entry => entry.Name).FirstOrDefault() is { } name
            ? CandleFile.ReadCandles(Path.Combine(folder, "candles", name + "-1m.csv.gz"), Timeframe.OneMinute)
            : [];

    private static IReadOnlyList<(string Name, Instrument Instrument)> Instruments(string path)
    {
        try
        {
            var entries = JsonSerializer.Deserialize<IReadOnlyList<InstrumentEntry>>(File.ReadAllText(path), Json) ?? [];
            return [.. entries.Select(entry => (entry.File, new Instrument
            {
                Symbol = Symbol.Parse(entry.Symbol),
                PriceTick = Positive(entry.PriceTick, "price_tick"),
                QuantityStep = Positive(entry.QuantityStep, "quantity_step"),
                MinimumQuantity = new Quantity(entry.MinimumQuantity),
                MinimumNotional = entry.MinimumNotional,
                ContractSize = Positive(entry.ContractSize, "contract_size"),
                MaximumLeverage = Positive(entry.MaximumLeverage, "maximum_leverage"),
                MaintenanceMarginRate = entry.MaintenanceMarginRate,
            }))];
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{path}: {exception.Message}", exception);
        }
    }

    private static IReadOnlyList<ChannelMessage> Posts(string path)
    {
        if (!File.Exists(path))
            return [];
        var posts = new List<ChannelMessage>();
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (line.Length == 0)
                    continue;
                var entry = JsonSerializer.Deserialize<PostEntry>(line, Json)!;
                posts.Add(new ChannelMessage
                {
                    Channel = new ChannelId(entry.Channel),
                    MessageId = entry.MessageId,
                    Revision = entry.Revision,
                    Change = Enum.Parse<MessageChange>(entry.Change, ignoreCase: true),
                    PostedAt = new Instant(entry.Time),
                    ReceivedAt = new Instant(entry.Time),
                    Text = entry.Text,
                    ReplyTo = entry.ReplyTo,
                    HasMedia = entry.HasMedia,
                });
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{path}, line {number}: {exception.Message}", exception);
        }

        return posts;
    }

    private static decimal Positive(decimal value, string name) =>
        value > 0m ? value : throw new FormatException($"{name} is {value}; it must be above 0");

    private sealed record InstrumentEntry(
        string Symbol, string File, decimal PriceTick, decimal QuantityStep, decimal MinimumQuantity, decimal MinimumNotional,
        decimal ContractSize, decimal MaximumLeverage, decimal MaintenanceMarginRate);

    private sealed record PostEntry(
        long Time, string Channel, long MessageId, int Revision, string Change, long? ReplyTo, bool HasMedia, string Text);
}
