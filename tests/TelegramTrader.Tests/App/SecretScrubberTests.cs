using Serilog;
using Serilog.Formatting.Display;
using TelegramTrader.Logging;

namespace TelegramTrader.Tests.App;

public sealed class SecretScrubberTests
{
    private const string Token = "123456789:AAExampleExampleExampleExample-_12345";
    private const string Secret = "AAExampleExampleExampleExample-_12345";

    public static TheoryData<string> Attempts =>
    [
        $"the token is {Token}",
        $"GET https://api.telegram.org/bot{Token}/getMe failed",
        $"https://api.telegram.org/bot{Uri.EscapeDataString(Token)}/getMe",
        $"proxy header {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Token))}",
        Token.ToUpperInvariant(),
        // A token that nobody told us about.
        "bot987654321:BBOtherOtherOtherOtherOtherOther12345 was refused",
        "POST /order?symbol=BTC&apiKey=verysecretkey&signature=0a1b2c3d",
        """{"api_secret": "verysecretkey", "passphrase":"verysecretkey"}""",
        "password = verysecretkey",
    ];

    [Theory]
    [MemberData(nameof(Attempts))]
    public void Log_SecretInMessagePropertyOrException_IsNotWritten(string attempt)
    {
        var scrubber = new SecretScrubber([Token, Secret]);
        using var text = new StringWriter();
        var formatter = new ScrubbingFormatter(new MessageTemplateTextFormatter("{Message:lj} {Properties} {Exception}"), scrubber);
        using (var log = new LoggerConfiguration().WriteTo.Sink(new WritingSink(formatter, text)).CreateLogger())
        {
            log.Information("said {What}", attempt);
            log.ForContext("Property", attempt).Information("nothing");
            log.Error(new InvalidOperationException(attempt, new HttpRequestException(attempt)), "failed");
        }

        foreach (var secret in new[] { Secret, Uri.EscapeDataString(Secret), "BBOther", "verysecretkey", "0a1b2c3d", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Token)).TrimEnd('=') })
            Assert.DoesNotContain(secret, text.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("***", text.ToString());
    }

    [Theory]
    [InlineData("trade #12 opened at 64,800.10 with stop 64,100")]
    [InlineData("order tt2ko4yc3r4ej2efmv-e0-1 accepted")]
    [InlineData("the key of the day is patience")]
    public void Scrub_OrdinaryText_StaysAsItIs(string text) => Assert.Equal(text, new SecretScrubber([Token]).Scrub(text));

    private sealed class WritingSink(ScrubbingFormatter formatter, TextWriter output) : Serilog.Core.ILogEventSink
    {
        public void Emit(Serilog.Events.LogEvent logEvent) => formatter.Format(logEvent, output);
    }
}
