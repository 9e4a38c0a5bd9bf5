using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Channels;

public sealed class StoredChannelMemoryTests
{
    private static readonly ChannelId Channel = new("-1001");

    [Fact]
    public void Everything_SurvivesARestart()
    {
        using var folder = new TemporaryFolder();
        var bookmark = new ChannelBookmark(10, 25, [21, 25], [1_700_000_000_000, 1_700_000_060_000]);
        using (var data = DataFolder.Open(folder.Path))
        using (var inbox = new MessageInbox(data))
        {
            var memory = new StoredChannelMemory(new KeyValueStore(data), inbox);
            Assert.Empty(memory.LoadFollowed());
            Assert.Null(memory.LoadBookmark(Channel));
            Assert.Null(memory.Latest(Channel, 25));
            memory.SaveFollowed([new FollowedChannel("-1001", "@signals", "Signale 🚀"), new FollowedChannel("-1002", "t.me/c/2/1", "")]);
            memory.SaveBookmark(Channel, bookmark with { ConfirmedId = 24 });
            memory.SaveBookmark(Channel, bookmark);
            inbox.Receive(Some.Message("first", 25, "-1001"));
            inbox.Receive(Some.Message("second", 25, "-1001") with { Revision = 2, Change = MessageChange.Edited });
        }

        using var again = DataFolder.Open(folder.Path);
        using var inboxAgain = new MessageInbox(again);
        var later = new StoredChannelMemory(new KeyValueStore(again), inboxAgain);
        Assert.Equal([new FollowedChannel("-1001", "@signals", "Signale 🚀"), new FollowedChannel("-1002", "t.me/c/2/1", "")], later.LoadFollowed());
        var loaded = later.LoadBookmark(Channel)!;
        Assert.Equal((10L, 25L), (loaded.BaselineId, loaded.ConfirmedId));
        Assert.Equal<long>([21, 25], loaded.RecentIds);
        Assert.Equal<long>([1_700_000_000_000, 1_700_000_060_000], loaded.RecentPostTimes);
        Assert.Equal("second", later.Latest(Channel, 25)!.Text);
    }
}
