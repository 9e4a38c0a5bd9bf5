using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Json;

/// <summary>How the small values of the domain look in JSON.</summary>
internal static class DomainConverters
{
    public static IEnumerable<JsonConverter> All =>
    [
        new InstantConverter(),
        new TimeframeConverter(),
        new CandleConverter(),
        new AttemptsConverter(),
        new TextConverter<decimal>(ExactText.ToDecimal, ExactText.Of),
        // A price that was never set has the value zero, which is no price.
        new TextConverter<Price>(text => new Price(ExactText.ToDecimal(text)), price => price.Value > 0m ? ExactText.Of(price.Value) : null),
        new TextConverter<Quantity>(text => new Quantity(ExactText.ToDecimal(text)), quantity => ExactText.Of(quantity.Value)),
        new TextConverter<Money>(ExactText.ToMoney, money => money.Asset is null ? null : ExactText.Of(money)),
        new TextConverter<Symbol>(Symbol.Parse, symbol => symbol.ToString()),
        new TextConverter<AccountId>(text => new AccountId(text), id => id.Value),
        new TextConverter<ChannelId>(text => new ChannelId(text), id => id.Value),
        new TextConverter<ClientOrderId>(text => new ClientOrderId(text), id => id.Value),
        new TextConverter<SignalId>(text => new SignalId(text), id => id.Value),
        new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false),
    ];

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteNumberValue(value.UnixMilliseconds);
    }

    private sealed class TimeframeConverter : JsonConverter<Timeframe>
    {
        public override Timeframe Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, Timeframe value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Minutes);
    }

    /// <summary>A candle is checked by its constructor, which a struct's properties would bypass.</summary>
    private sealed class CandleConverter : JsonConverter<Candle>
    {
        public override Candle Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var read = JsonSerializer.Deserialize<Shape>(ref reader, options) ?? throw new JsonException("A candle is missing.");
            return new Candle(read.OpenTime, read.Timeframe, read.Open, read.High, read.Low, read.Close, read.Volume);
        }

        public override void Write(Utf8JsonWriter writer, Candle value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer, new Shape(value.OpenTime, value.Timeframe, value.Open, value.High, value.Low, value.Close, value.Volume), options);

        private sealed record Shape(Instant OpenTime, Timeframe Timeframe, Price Open, Price High, Price Low, Price Close, decimal Volume);
    }

    /// <summary>The order of the keys must not depend on the machine's language, as that of the default comparer does.</summary>
    private sealed class AttemptsConverter : JsonConverter<ImmutableSortedDictionary<string, int>>
    {
        public override ImmutableSortedDictionary<string, int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (JsonSerializer.Deserialize<Dictionary<string, int>>(ref reader, options) ?? throw new JsonException("The attempts are missing."))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);

        public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, int> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, number) in value)
                writer.WriteNumber(key, number);
            writer.WriteEndObject();
        }
    }
}
