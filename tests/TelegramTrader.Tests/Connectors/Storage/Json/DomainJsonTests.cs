using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Json;

public sealed class DomainJsonTests
{
    /// <summary>Every case of every closed set of the domain, found in the assembly. Parse results and outputs never reach storage in this form.</summary>
    public static TheoryData<Type, Type> Cases()
    {
        var data = new TheoryData<Type, Type>();
        Type[] notStored = [typeof(EngineOutput), typeof(ParseResult)];
        foreach (var set in typeof(Trade).Assembly.GetExportedTypes().Append(typeof(JournalOutput)).Where(type => ClosedSets.CasesOf(type).Count > 0 && !notStored.Contains(type)))
            foreach (var one in ClosedSets.CasesOf(set))
                data.Add(set, one);
        return data;
    }

    public static TheoryData<Type> Documents() => [.. new[]
    {
        typeof(Trade), typeof(Order), typeof(Decision), typeof(EngineScalars), typeof(ChannelMessage), typeof(SimulationState), typeof(SimulatedOrder),
        typeof(Core.Positions.Fill), typeof(BookedFill), typeof(BookedFunding), typeof(Quote), typeof(Candle), typeof(CandleWalk), typeof(Instrument),
    }];

    [Fact]
    public void Cases_OfTheDomain_IncludeTheSetsThatMatter()
    {
        var sets = Cases().Select(row => (Type)row[0]).ToHashSet();
        Type[] expected =
        [
            typeof(EngineEvent), typeof(OrderAnswer), typeof(OrderState), typeof(OrderKind), typeof(OrderPurpose), typeof(EntryPlan), typeof(TargetPlan), typeof(StopPlan),
            typeof(SizeHint), typeof(TradeEnd), typeof(OperatorCommand), typeof(OperatorResult), typeof(Notification), typeof(JournalOutput),
        ];
        Assert.Empty(expected.Except(sets));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_EveryCaseOfEveryClosedSet_GivesTheSameFacts(Type set, Type one)
    {
        var written = new Samples().Of(one);
        var json = JsonSerializer.Serialize(written, set, DomainJson.Options);
        Assert.StartsWith("{\"$kind\":\"" + one.Name + "\"", json, StringComparison.Ordinal);
        Assert.Equal(Facts.Of(written), Facts.Of(JsonSerializer.Deserialize(json, set, DomainJson.Options)));
    }

    /// <summary>What was stored before there were pairs of stop and target has none.</summary>
    [Fact]
    public void Read_DocumentsFromBeforePairs_HaveNone()
    {
        var (trade, order, simulated) = (new Samples().Of(typeof(Trade)), new Samples().Of(typeof(Order)), new Samples().Of(typeof(SimulatedOrder)));
        var old = DomainJson.Read<Trade>(Without(trade, "pairedTarget", "pairRefused"));
        Assert.Equal((null, false), (old.PairedTarget, old.PairRefused));
        Assert.Equal(Quantity.Zero, DomainJson.Read<Order>(Without(order, "filledByStop")).FilledByStop);
        var kept = DomainJson.Read<SimulatedOrder>(Without(simulated, "became"));
        Assert.Equal((null, kept.Intent.Kind), (kept.Became, kept.Kind));

    }

    /// <summary>What was stored before payments were told from results: the wallet is what the trades explain, and nothing is asked.</summary>
    [Fact]
    public void Read_ScalarsFromBeforePayments_TakeTheWalletForExplained()
    {
        var scalars = DomainJson.Read<EngineScalars>(Without(new Samples().Of(typeof(EngineScalars)), "explained", "missingMoney"));
        var state = EngineState.Restore(scalars, [], [], [], []);
        Assert.Equal(scalars.Wallet, state.Explained);
        Assert.Empty(state.MissingMoney);
        var baseline = DomainJson.Read<LossBaseline>(Without(new Samples().Of(typeof(LossBaseline)), "unexplained", "onlyByMissingMoney"));
        Assert.Equal((0m, false), (baseline.Unexplained, baseline.OnlyByMissingMoney));
    }

    private static string Without(object document, params string[] names)
    {
        var json = JsonSerializer.SerializeToNode(document, document.GetType(), DomainJson.Options)!.AsObject();
        Assert.All(names, name => Assert.True(json.Remove(name), $"{name} is not stored"));
        return json.ToJsonString();
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Read_EveryStoredDocument_GivesTheSameFacts(Type type)
    {
        var written = new Samples().Of(type);
        var json = JsonSerializer.Serialize(written, type, DomainJson.Options);
        Assert.Equal(Facts.Of(written), Facts.Of(JsonSerializer.Deserialize(json, type, DomainJson.Options)));
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, DomainJson.Options), type, DomainJson.Options));
    }

    [Fact]
    public void JournalOutput_HasEveryCaseOfEngineOutput()
    {
        var ours = ClosedSets.CasesOf(typeof(JournalOutput)).Select(type => type.Name).Order(StringComparer.Ordinal);
        Assert.Equal(ClosedSets.CasesOf(typeof(EngineOutput)).Select(type => type.Name).Order(StringComparer.Ordinal), ours);
    }

    [Theory]
    [InlineData("1.10")]
    [InlineData("1.1000000000000000000000000000")]
    [InlineData("-0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("0.00")]
    [InlineData("100")]
    public void Read_ADecimal_KeepsEveryDigitAndTheScale(string text)
    {
        var value = decimal.Parse(text, CultureInfo.InvariantCulture);
        var read = DomainJson.Read<decimal>(DomainJson.Write(value));
        Assert.Equal(decimal.GetBits(value), decimal.GetBits(read));
        Assert.Equal('"' + text + '"', DomainJson.Write(value));
    }

    [Fact]
    public void Read_Attempts_AreOrderedByTheirCharacters()
    {
        var trade = (Trade)new Samples().Of(typeof(Trade));
        var read = DomainJson.Read<Trade>(DomainJson.Write(trade));
        Assert.Same(StringComparer.Ordinal, read.Attempts.KeyComparer);
        Assert.Equal(["S", "e0", "t1"], read.Attempts.Keys);
    }

    [Theory]
    [InlineData("{\"$kind\":\"AtMoon\"}")]
    [InlineData("{\"price\":\"1\"}")]
    [InlineData("{\"$kind\":\"AtLimit\"}")]
    [InlineData("{\"$kind\":\"AtLimit\",\"price\":\"0\"}")]
    [InlineData("{\"$kind\":\"AtLimit\",\"price\":\"1,5\"}")]
    [InlineData("{\"$kind\":\"AtLimit\",\"price\":1.5}")]
    [InlineData("{\"$kind\":\"AsLadder\",\"rungs\":null}")]
    [InlineData("null")]
    public void Read_WhatIsNoEntryPlan_Throws(string json) =>
        Assert.ThrowsAny<Exception>(() => DomainJson.Read<EntryPlan>(json)).IsJsonTrouble();

    [Fact]
    public void Write_ValuesThatWereNeverSet_AreRefusedBeforeTheyAreStored()
    {
        Assert.Throws<JsonException>(() => DomainJson.Write(default(Price)));
        Assert.Throws<JsonException>(() => DomainJson.Write(default(Money)));
        Assert.Throws<JsonException>(() => DomainJson.Write(default(AccountId)));
        Assert.Throws<JsonException>(() => DomainJson.Write(default(ClientOrderId)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0 and \u200b and \ud83d\ude80")]
    [InlineData("half a rocket \ud83d")]
    [InlineData("🇹🇷 مرحبا 롱 <b>&amp;</b> \\ \" \r\n")]
    public void Write_WhateverAPostContains_CanBeReadBack(string text)
    {
        var read = DomainJson.Read<string>(DomainJson.Write(text));
        // Half of a surrogate pair has no place in UTF-8; everything else comes back as it was.
        Assert.Equal(text.Contains("half", StringComparison.Ordinal) ? text.Replace('\ud83d', '\ufffd') : text, read);
    }

    [Fact]
    public void Write_AConfidenceThatIsNoNumber_ComesBackAsItWas()
    {
        var field = new ReadField("side", 0, 1, "long", double.NaN);
        Assert.Equal(field, DomainJson.Read<ReadField>(DomainJson.Write(field)));
    }

    [Fact]
    public void Read_AnImmutableValueWithNothingOptional_IsSmall()
    {
        var order = new ReportedPosition(Symbol.Parse("BTC/USDT:USDT"), TradeSide.Long, new Quantity(1.5m), new Price(64800m));
        Assert.Equal("{\"symbol\":\"BTC/USDT:USDT\",\"side\":\"Long\",\"quantity\":\"1.5\",\"averageEntry\":\"64800\"}", DomainJson.Write(order));
    }
}

file static class ExceptionChecks
{
    public static void IsJsonTrouble(this Exception exception) => Assert.True(exception is JsonException or NotSupportedException, exception.ToString());
}
