using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Tests.Connectors.Gateway;

/// <summary>What a gateway sends too much of, or should not send at all.</summary>
public sealed class GatewayFloodTests
{
    [NodeFact]
    public async Task Notifications_ComeInOrder()
    {
        await using var stage = await RunningAsync();
        await stage.ResultAsync("notify", new { count = 3 });
        for (var number = 1; number <= 3; number++)
            Assert.Equal(number, (await stage.NotificationAsync()).Parameters.GetProperty("number").GetInt32());
    }

    [NodeFact]
    public async Task Notifications_TooManyAtOnce_AreDroppedAndThatIsTold()
    {
        await using var stage = new GatewayStage("scripted.mjs", options => options with { MostWaitingNotifications = 10 });
        using var goOn = new ManualResetEventSlim();
        stage.Supervisor.Notified += _ => Assert.True(goOn.Wait(GatewayStage.Patience));
        stage.Start();
        await stage.HealthAsync<GatewayHealth.Running>();

        // The handler stands still; the answer comes all the same.
        Assert.Equal(5_000, (await stage.ResultAsync("notify", new { count = 5_000 })).GetProperty("sent").GetInt32());
        goOn.Set();

        var received = 0;
        while ((await stage.NotificationAsync()).Method != GatewayNotification.NotificationsLost)
            received++;
        Assert.InRange(received, 1, 11);
        Assert.Contains(stage.Logger.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("were dropped", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task Notification_WhoseHandlerThrows_DoesNotStopTheNext()
    {
        await using var stage = await RunningAsync();
        stage.Supervisor.Notified += _ => throw new InvalidOperationException("broken handler");
        await stage.ResultAsync("notify", new { count = 2 });
        await stage.NotificationAsync();
        await stage.NotificationAsync();
        await stage.ResultAsync("echo");
    }

    [NodeFact]
    public async Task Garbage_IsReportedAndSurvived()
    {
        await using var stage = await RunningAsync();
        await stage.ResultAsync("garbage");
        await stage.ResultAsync("echo");
        var warnings = stage.Logger.Entries.Where(entry => entry.Level == LogLevel.Warning).Select(entry => entry.Text).ToArray();
        // Nine of the lines are no messages; the answer to a call that nobody made and the empty line are harmless.
        Assert.Equal(9, warnings.Length);
        Assert.DoesNotContain(warnings, text => text.Contains("Hello", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task LineOfTenMegabytes_IsPassedOver()
    {
        await using var stage = await RunningAsync();
        await stage.ResultAsync("longLine", new { length = 10_000_000 });
        Assert.Contains(stage.Logger.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("a line of 10000000 bytes", StringComparison.Ordinal));
    }

    [NodeFact]
    public async Task ErrorStream_Flooded_IsWrittenInPart()
    {
        await using var stage = await RunningAsync();
        await stage.ResultAsync("longErrors");
        await stage.CancelAsync();
        await stage.EndedAsync();
        Assert.Equal(100, stage.Logger.Entries.Count(entry => entry.Text.StartsWith("Gateway: ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("one\ntwo\n", "one|two")]
    [InlineData("one\n\nlast without end", "one|")]
    [InlineData("12345678\n123456789\nok\n", "12345678|(9)|ok")]
    [InlineData("", "")]
    public async Task Lines_AreCutAtTheirEnds(string text, string expected)
    {
        var reader = new BoundedLineReader(new OneByteStream(text), longestLine: 8);
        var lines = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None) is { } line)
            lines.Add(line.IsTooLong ? FormattableString.Invariant($"({line.Length})") : System.Text.Encoding.UTF8.GetString(line.Bytes.Span));
        Assert.Equal(expected, string.Join('|', lines));
    }

    private static async Task<GatewayStage> RunningAsync()
    {
        var stage = new GatewayStage("scripted.mjs");
        stage.Start();
        await stage.HealthAsync<GatewayHealth.Running>();
        return stage;
    }

    /// <summary>Gives one byte at a time, so that every place of a cut is tried.</summary>
    private sealed class OneByteStream(string text) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..1], cancellationToken);
    }
}
