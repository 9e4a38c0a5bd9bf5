using System.Net;
using System.Net.Sockets;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Storage.Rows;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;
using TelegramTrader.Web.Webhook;

namespace TelegramTrader.Tests.App;

/// <summary>The whole bot with live sources: what they bring is stored, in the ledger and handled by the engine, once.</summary>
public sealed class LiveSourcesTests : IDisposable
{
    private const string Signal = "LONG ETH/USDT\nEntry: market\nTargets: 3000\nStop loss: 2000";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bot_WithADropFolder_HandlesAFileAndMovesIt()
    {
        var drop = _folder.FileAt("drop");
        Directory.CreateDirectory(drop);
        await File.WriteAllTextAsync(Path.Combine(drop, "signal.txt"), Signal);
        await using var bot = await RunningBot.StartAsync(Settings() with { FileDrop = new FileDropSettings { Folder = drop, Name = "desk" } }, _folder.FileAt("data"));
        var row = await HandledAsync("drop:desk");
        Assert.Equal((Signal, "signal"), (row.Text, row.Outcome));
        Assert.True(await EventuallyAsync(() => File.Exists(Path.Combine(drop, "done", "signal.txt"))));
    }

    [Fact]
    public async Task Bot_WithWebhooks_HandlesACall()
    {
        const string secret = "a-secret-of-a-test";
        var port = FreePort();
        var webhooks = new WebhookSettings { Port = port, Sources = [new WebhookSource("desk", secret)] };
        await using var bot = await RunningBot.StartAsync(Settings() with { Webhooks = webhooks }, _folder.FileAt("data"));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var body = new StringContent($$"""{"secret":"{{secret}}","ticker":"ETHUSDT","action":"buy","stop":2000,"tp":3000}""");
        using var answer = await client.PostAsync("/hooks/desk", body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var row = await HandledAsync("hook:desk");
        Assert.Equal(("LONG ETHUSDT\nEntry: market\nTargets: 3000\nStop loss: 2000", "signal"), (row.Text, row.Outcome));
    }

    [Fact]
    public async Task Bot_AfterACrashBetweenStoringAndHandling_HandlesThePostAtTheNextStart()
    {
        using (var data = DataFolder.Open(_folder.FileAt("data")))
        using (var inbox = new MessageInbox(data))
            inbox.Receive(Some.Message(Signal, 5, "hook:desk"));
        await using var bot = await RunningBot.StartAsync(Settings(), _folder.FileAt("data"));
        Assert.Equal("signal", (await HandledAsync("hook:desk")).Outcome);
    }

    [Fact]
    public async Task Bot_AfterThreeStartsThatFellOverAPost_LeavesItAsideAndHandlesTheNext()
    {
        using (var data = DataFolder.Open(_folder.FileAt("data")))
        {
            using var inbox = new MessageInbox(data);
            inbox.Receive(Some.Message(Signal, 5, "hook:bad"));
            inbox.Receive(Some.Message(Signal, 6, "hook:good"));
            new KeyValueStore(data).Set("tries:hook:bad/5/1", 3);
        }

        await using var bot = await RunningBot.StartAsync(Settings(), _folder.FileAt("data"));
        Assert.Equal("signal", (await HandledAsync("hook:good")).Outcome);
        Assert.Null(Read("hook:bad")!.HandledAt);
        Assert.Contains(bot.Log.Errors, text => text.Contains("left aside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bot_AfterThreeStartsThatFellOverARecordedPost_LeavesItAsideAndGoesOn()
    {
        var recorded = TelegramTrader.Connectors.Recordings.RecordingFolder.Load(RunningBot.ShortRecording).Messages;
        using (var data = DataFolder.Open(_folder.FileAt("data")))
        {
            using var inbox = new MessageInbox(data);
            inbox.Receive(recorded[0]);
            new KeyValueStore(data).Set($"tries:{recorded[0].Channel}/{recorded[0].MessageId}/{recorded[0].Revision}", 3);
        }

        await using var bot = await RunningBot.StartAsync(Settings(), _folder.FileAt("data"));
        await bot.Loop.RecordingEnded.WaitAsync(RunningBot.Patience);
        using var reading = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder.FileAt("data"), "trading.db")};Mode=ReadOnly;Pooling=False");
        reading.Open();
        using var command = reading.CreateCommand();
        command.CommandText = "SELECT COUNT(*), COUNT(*) FILTER (WHERE HandledAt IS NULL), MAX(CASE WHEN HandledAt IS NULL THEN MessageId END) FROM Messages";
        using var row = command.ExecuteReader();
        Assert.True(row.Read());
        Assert.Equal((recorded.Count, 1L, recorded[0].MessageId), (row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)));
        Assert.Contains(bot.Log.Errors, text => text.Contains("left aside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bot_WhosePortIsTaken_SaysWhichSetting()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var webhooks = new WebhookSettings { Port = ((IPEndPoint)taken.LocalEndpoint).Port, Sources = [new WebhookSource("desk", "a-secret-of-a-test")] };
        var exception = await Assert.ThrowsAsync<SettingsException>(() => RunningBot.StartAsync(Settings() with { Webhooks = webhooks }, _folder.FileAt("data")));
        Assert.Contains("'Webhooks:Port'", exception.Message);
    }

    private static AppSettings Settings() => RunningBot.Settings(null, RunningBot.ShortRecording);

    private async Task<MessageRow> HandledAsync(string channel)
    {
        MessageRow? row = null;
        await EventuallyAsync(() =>
        {
            row = Read(channel);
            return row?.HandledAt is not null;
        });
        return row?.HandledAt is not null ? row : throw new TimeoutException($"No post of {channel} was handled.");
    }

    private MessageRow? Read(string channel)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder.FileAt("data"), "trading.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT m.Text, m.Outcome, m.HandledAt FROM Messages m JOIN Ledger l ON l.Channel = m.Channel AND l.MessageId = m.MessageId WHERE m.Channel = $1";
        command.Parameters.AddWithValue("$1", channel);
        using var reader = command.ExecuteReader();
        return !reader.Read() ? null : new MessageRow
        {
            Channel = channel, MessageId = 0, Revision = 1, Change = Core.Signals.MessageChange.Posted, PostedAt = Some.Time, ReceivedAt = Some.Time,
            Text = reader.GetString(0),
            Outcome = reader.IsDBNull(1) ? null : reader.GetString(1),
            HandledAt = reader.IsDBNull(2) ? null : new Core.Market.Instant(reader.GetInt64(2)),
        };
    }

    /// <summary>The bot works on its own time and threads, so all that can be done is to look again, for a limited time.</summary>
    private static async Task<bool> EventuallyAsync(Func<bool> holds)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var look = 0; look < 600; look++)
        {
            if (holds())
                return true;
            await pause.WaitForNextTickAsync();
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
