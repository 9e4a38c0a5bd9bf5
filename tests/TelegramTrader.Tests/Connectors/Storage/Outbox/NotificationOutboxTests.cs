using TelegramTrader.Connectors.Storage.Outbox;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Outbox;

public sealed class NotificationOutboxTests : IDisposable
{
    private static readonly Notification Quiet = new Notification.TradeUnfilled(1, "cancelled");
    private static readonly Notification Normal = new Notification.TradeOpened(1);
    private static readonly Notification Alarm = new Notification.ConnectionLost("prices", "cut");

    private readonly TemporaryFolder _folder = new();
    private readonly StoredDesk _desk;
    private readonly NotificationOutbox _outbox;

    public NotificationOutboxTests()
    {
        _desk = new StoredDesk(_folder.Path, new ScriptedParser()) { Chats = [11, 22] };
        _outbox = new NotificationOutbox(_desk.Folder);
    }

    private Instant Now => _desk.Now;

    [Fact]
    public void Pending_AreTheMostUrgentFirstAndThenTheOldest()
    {
        Notify(Quiet, Normal);
        Notify(Alarm, new Notification.TradeOpened(2));
        Assert.Equal(
            [(Alarm, 11L), (Alarm, 22L), (Normal, 11L), (Normal, 22L), (new Notification.TradeOpened(2), 11L)],
            _outbox.Pending(Now, 5).Select(delivery => (delivery.Notification, delivery.ChatId)));
        Assert.Equal(8, _outbox.Pending(Now, 100).Count);
    }

    [Fact]
    public void MarkFailed_OneChat_LeavesTheOtherAloneAndIsDueAgainLater()
    {
        Notify(Normal);
        var (bad, good) = (_outbox.Pending(Now, 10)[0], _outbox.Pending(Now, 10)[1]);
        _outbox.MarkFailed(bad.Id, "403 the bot was blocked", Now + TimeSpan.FromMinutes(5));
        Assert.Equal([good], _outbox.Pending(Now, 10));
        _outbox.MarkSent(good.Id, Now);
        Assert.Empty(_outbox.Pending(Now, 10));
        Assert.Equal(new OutboxCounts(0, 1, 1, Now), _outbox.Counts());
        var again = Assert.Single(_outbox.Pending(Now + TimeSpan.FromMinutes(5), 10));
        Assert.Equal((bad.Id, 11L, 1), (again.Id, again.ChatId, again.Failures));
    }

    [Fact]
    public void MarkSent_WhatWasSentOrNeverWas_Throws()
    {
        Notify(Normal);
        var id = _outbox.Pending(Now, 1)[0].Id;
        _outbox.MarkSent(id, Now);
        Assert.Contains($"Delivery {id} ", Assert.Throws<InvalidOperationException>(() => _outbox.MarkSent(id, Now)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => _outbox.MarkFailed(id, "late", Now));
        Assert.Throws<InvalidOperationException>(() => _outbox.MarkSent(999, Now));
    }

    [Fact]
    public void Counts_SayHowMuchIsUnsentAndSinceWhen()
    {
        Assert.Equal(new OutboxCounts(0, 0, 0, null), _outbox.Counts());
        Notify(Quiet, Alarm);
        Assert.Equal(new OutboxCounts(4, 0, 0, Now), _outbox.Counts());
    }

    [Fact]
    public void Pending_AChatThatWasAddedLater_GetsOnlyWhatHappensFromThenOn()
    {
        Notify(Quiet);
        _desk.Chats = [11, 22, 33];
        Notify(Normal);
        Assert.Equal([Normal], _outbox.Pending(Now, 100).Where(delivery => delivery.ChatId == 33).Select(delivery => delivery.Notification));
    }

    [Fact]
    public void Pending_AfterARestart_AreStillThere()
    {
        Notify(Alarm);
        _desk.Dispose();
        using var second = new StoredDesk(_folder.Path, new ScriptedParser());
        Assert.Equal([11L, 22L], new NotificationOutbox(second.Folder).Pending(Now, 10).Select(delivery => delivery.ChatId));
    }

    public void Dispose()
    {
        _desk.Dispose();
        _folder.Dispose();
    }

    private void Notify(params Notification[] notifications) =>
        _desk.Journal.Commit(Commits.Of(_desk, _ => { }, new EngineEvent.TimePassed { At = Now }, [.. notifications.Select(notification => new EngineOutput.Notify(notification))]) with { Now = Now });
}
