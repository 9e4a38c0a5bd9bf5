using System.Text.Json;
using TelegramTrader.Cli;
using TelegramTrader.Core.Engine;

namespace TelegramTrader.Tests.Cli;

public sealed class ParseVerbTests
{
    [Theory]
    [InlineData("alpha")]
    [InlineData("@ALPHA")]
    public async Task Profile_OfTheSettings_IsReadAs(string name)
    {
        var (code, output, errors) = await WithProfile(name, """{"id": "a", "text": "BTCUSDT kup\nAblage: 64800\nTP 65000\nSL 64500"}""");
        Assert.Equal((0, ""), (code, errors));
        var signal = JsonDocument.Parse(output).RootElement.GetProperty("signal");
        Assert.Equal("long", signal.GetProperty("side").GetString());
        Assert.Equal([64800m], signal.GetProperty("entry").GetProperty("prices").EnumerateArray().Select(price => price.GetDecimal()));
    }

    [Fact]
    public async Task Profile_ThatIsNotThere_IsABadArgumentWithASentence()
    {
        var (code, output, errors) = await WithProfile("beta", "{}");
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("There is no channel 'beta' in the settings", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> WithProfile(string name, string line)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{ "Channels": { "Followed": [ { "Id": "@alpha", "Words": "kup=long", "Patterns": "Ablage: {entry}" } ] } }""");
            var (output, errors) = (new StringWriter(), new StringWriter());
            var code = await CommandLine.RunAsync(["parse", "--profile", name, "--settings", file], new StringReader(line), output, errors);
            return (code, output.ToString(), errors.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task RunAsync_Lines_AnswersEachInOrder()
    {
        var (code, output, errors) = await Run(
            """
            {"id": "a", "text": "BUY BTCUSDT @ 64800, TP 65000, SL 64500"}
            {"id": 2, "text": "close half, SL to entry", "channel": "desk", "reply_to": 41}

            {"id": "c", "text": "Good morning everyone"}
            """);

        Assert.Equal(0, code);
        Assert.Equal("", errors);
        var lines = output.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["a", "2", "c"], lines.Select(line => line.GetProperty("id").GetString()));
        Assert.Equal(["signal", "update", "not_signal"], lines.Select(line => line.GetProperty("kind").GetString()));
        Assert.Equal("chat", lines[2].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task RunAsync_Signal_WritesTheDocumentedShape()
    {
        var (_, output, _) = await Run("""{"id": "a", "text": "Short SOL/USDT entry 141 - 143 stop 147 targets 136, 130 leverage 5-10x cross"}""");

        var root = JsonDocument.Parse(output[0]).RootElement;
        Assert.True(root.GetProperty("auto").GetBoolean());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("reason").ValueKind);
        var signal = root.GetProperty("signal");
        Assert.Equal("SOL/USDT", signal.GetProperty("symbol").GetString());
        Assert.Equal("futures", signal.GetProperty("market").GetString());
        Assert.Equal("short", signal.GetProperty("side").GetString());
        Assert.Equal("range", signal.GetProperty("entry").GetProperty("type").GetString());
        Assert.Equal([141m, 143m], signal.GetProperty("entry").GetProperty("prices").EnumerateArray().Select(price => price.GetDecimal()));
        Assert.Equal([136m, 130m], signal.GetProperty("targets").EnumerateArray().Select(price => price.GetDecimal()));
        Assert.Equal(147m, signal.GetProperty("stop").GetDecimal());
        Assert.Equal([5m, 10m], signal.GetProperty("leverage").EnumerateArray().Select(value => value.GetDecimal()));
        Assert.Equal("cross", signal.GetProperty("margin").GetString());
    }

    [Theory]
    [InlineData("not json", "not JSON")]
    [InlineData("[1]", "expected a JSON object")]
    [InlineData("""{"text": "hello"}""", "has no 'id'")]
    [InlineData("""{"id": "x"}""", "has no 'text'")]
    [InlineData("""{"id": "x", "text": 5}""", "has no 'text'")]
    public async Task RunAsync_BrokenLine_NamesItAndGoesOn(string broken, string reason)
    {
        var (code, output, errors) = await Run($$"""
            {"id": "a", "text": "hello"}
            {{broken}}
            {"id": "c", "text": "hello"}
            """);

        Assert.Equal(1, code);
        Assert.Equal(2, output.Count);
        Assert.StartsWith("line 2: ", errors, StringComparison.Ordinal);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_HalfASurrogatePair_IsReadAllTheSame()
    {
        var (_, output, errors) = await Run("""{"id": "a", "text": "BUY \ud83d BTCUSDT 64800 TP 65000 SL 64500"}""");

        // Either it is read or it is named; it is never lost.
        Assert.True(output.Count == 1 || errors.Length > 0);
    }

    [Fact]
    public async Task RunAsync_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ParseVerb.RunAsync(new StringReader("{}"), new StringWriter(), new StringWriter(), ChannelSettings.None, source.Token));
    }

    private static async Task<(int Code, List<string> Output, string Errors)> Run(string input)
    {
        using var reader = new StringReader(input);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await ParseVerb.RunAsync(reader, output, errors, ChannelSettings.None, CancellationToken.None);
        return (code, [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)], errors.ToString());
    }
}
