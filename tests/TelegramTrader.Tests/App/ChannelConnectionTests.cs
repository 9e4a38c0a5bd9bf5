using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Core.Engine;
using TelegramTrader.Tests.Connectors.Channels;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.App;

public sealed class ChannelConnectionTests
{
    private readonly FakeGateway _gateway = new();
    private readonly ManualTimeProvider _time = new();
    private readonly List<Notification> _told = [];

    [Fact]
    public async Task Connection_LostForAWhile_IsToldOnce_AndItsReturnWithHowLong()
    {
        using var watch = await StartAsync();
        Connection("offline");
        Connection("connecting");
        await _time.WaitForTimerAsync(ChannelConnectionWatch.TellAfter);
        _time.Advance(ChannelConnectionWatch.TellAfter);
        await UntilAsync(() => _told.Count == 1);
        _time.Advance(TimeSpan.FromMinutes(3));
        Connection("updating");
        await UntilAsync(() => _told.Count == 2);
        Assert.Contains("no connection since", Assert.IsType<Notification.ConnectionLost>(_told[0]).Reason, StringComparison.Ordinal);
        Assert.Equal(new Notification.ConnectionRestored(ChannelConnectionWatch.Feed, TimeSpan.FromMinutes(5)), _told[1]);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Connection_BackAtOnce_IsToldNobody()
    {
        using var watch = await StartAsync();
        Connection("offline");
        await _time.WaitForTimerAsync(ChannelConnectionWatch.TellAfter);
        Connection("connected");
        _time.Advance(TimeSpan.FromHours(1));
        Connection("offline");
        await _time.WaitForTimerAsync(ChannelConnectionWatch.TellAfter);
        Assert.Empty(_told);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void Connection_BeforeALogin_IsNoLoss()
    {
        var account = new TelegramAccount(_gateway, new TelegramApplication(7, "hash"), new FakeSessions(), _time, NullLogger<TelegramAccount>.Instance);
        Connection("connecting");
        Assert.Null(account.LostSince);
    }

    private async Task<ChannelConnectionWatch> StartAsync()
    {
        var account = new TelegramAccount(_gateway, new TelegramApplication(7, "hash"), new FakeSessions("stored"), _time, NullLogger<TelegramAccount>.Instance);
        _gateway.Answer("channels.start", """{"state":"ready","account":{"id":42,"name":"Ada"}}""");
        await _gateway.StartAsync();
        var watch = new ChannelConnectionWatch(account, _told.Add, _time);
        await watch.StartAsync(CancellationToken.None);
        return watch;
    }

    private void Connection(string state) => _gateway.Notify("channels.connection", $$"""{"state":"{{state}}"}""");

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var look = 0; look < 100_000 && !isSo(); look++)
            await Task.Yield();
        Assert.True(isSo());
    }
}
