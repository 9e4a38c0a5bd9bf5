using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Channels;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.App;

public sealed class BackfillServiceTests : IDisposable
{
    private static readonly FollowedChannel Followed = new("-1001", "@signals", "Signals");

    private readonly string _path = Directory.CreateTempSubdirectory("telegramtrader-backfill-").FullName;
    private readonly ManualTimeProvider _time = new();
    private readonly DataFolder _data;
    private readonly MessageInbox _inbox;
    private FakeGateway _gateway = new();

    public BackfillServiceTests()
    {
        _data = DataFolder.Open(_path);
        _inbox = new MessageInbox(_data);
    }

    public void Dispose()
    {
        _inbox.Dispose();
        _data.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public async Task Backfill_AFloodWait_IsObeyed_AndARestartGoesOnWhereItStood()
    {
        using (var first = await StartAsync())
        {
            _gateway.Answer("channels.history", Page(1, 2));
            _gateway.Answer("channels.history", new GatewayRefusal(GatewayRefusalKind.FloodWait, "Telegram asks to wait 77 s.", TimeSpan.FromSeconds(77)));
            Assert.True(first.Begin(BackfillJob.OfPosts(Followed, 4, 4), null));
            await _time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
            Assert.Equal("Signals: 2 posts fetched, 0 known already, 50 %. /backfill cancel ends it.", first.Status);
            Assert.False(first.Begin(BackfillJob.OfPosts(Followed, 4, 4), null));
            _time.Advance(TimeSpan.FromSeconds(1));
            await _time.WaitForTimerAsync(TimeSpan.FromSeconds(77));
            Assert.EndsWith("Waiting: Telegram asks to wait 77 s.", first.Status, StringComparison.Ordinal);
            await first.StopAsync(CancellationToken.None);
        }

        _gateway = new FakeGateway();
        _gateway.Answer("channels.history", Page(3, 4));
        using var second = await StartAsync();
        await UntilAsync(() => second.Status!.Contains("done", StringComparison.Ordinal));
        Assert.Equal("Signals: done, 4 posts fetched, 0 known already. They are history and are never traded.", second.Status);
        Assert.Contains("\"afterId\":2", _gateway.Calls.Last(), StringComparison.Ordinal);
        await second.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Backfill_Cancelled_StopsAndKeepsWhatCame()
    {
        using var service = await StartAsync();
        _gateway.Answer("channels.history", Page(1, 2));
        service.Begin(BackfillJob.OfPosts(Followed, 4, 4), null);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        Assert.True(service.Cancel());
        Assert.False(service.Cancel());
        Assert.Equal("Signals: cancelled, 2 posts fetched, 0 known already.", service.Status);
        await service.StopAsync(CancellationToken.None);
        Assert.Single(_gateway.Calls, call => call.StartsWith("channels.history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backfill_OfAChannelThatCantBeRead_EndsAndSaysWhy()
    {
        using var service = await StartAsync();
        _gateway.Answer("channels.history", new GatewayRefusal(GatewayRefusalKind.NotMember, "The account cannot read this channel."));
        service.Begin(BackfillJob.OfPosts(Followed, 4, 4), null);
        await UntilAsync(() => service.Status!.Contains("ended", StringComparison.Ordinal));
        Assert.Equal("Signals: ended, 0 posts fetched, 0 known already. The account cannot read this channel.", service.Status);
        await service.StopAsync(CancellationToken.None);
    }

    private async Task<BackfillService> StartAsync()
    {
        var settings = new ChannelAccountSettings { ApiId = 7, ApiHash = "0123456789abcdef0123456789abcdef", KeyFile = Path.Combine(_path, "secret.key") };
        var values = new KeyValueStore(_data);
        var parts = new ChannelParts(settings, _gateway, settings.Secrets(values), _time, NullLoggerFactory.Instance);
        _gateway.Answer("channels.start", """{"state":"ready","account":{"id":42,"name":"Ada"}}""");
        await _gateway.StartAsync();
        var service = new BackfillService(parts, _inbox, Task.CompletedTask, values, _time, NullLogger<BackfillService>.Instance);
        await service.StartAsync(CancellationToken.None);
        return service;
    }

    private static string Page(params long[] ids) =>
        $$"""{"posts":[{{string.Join(',', ids.Select(id => $$"""{"change":"posted","channel":"-1001","messageId":{{id}},"postedAt":{{id * 1000}},"editedAt":null,"text":"post {{id}}","replyTo":null,"hasMedia":false}"""))}}],"lastId":{{ids[^1]}},"isComplete":false}""";

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var look = 0; look < 1_000_000 && !isSo(); look++)
            await Task.Yield();
        Assert.True(isSo());
    }
}
