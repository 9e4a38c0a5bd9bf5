using System.Text;
using TelegramTrader.Connectors.Channels.FileDrop;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Channels.FileDrop;

public sealed class FileDropSourceTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(Now);
    private readonly CollectingLogger<FileDropSource> _log = new();
    private readonly List<ChannelMessage> _posts = [];
    private Func<ChannelMessage, bool> _take;
    private FileDropSource _source;

    public FileDropSourceTests()
    {
        _take = post =>
        {
            _posts.Add(post);
            return true;
        };
        _source = Source();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Look_ATextFileThatHasSettled_IsOnePostAndMovesToDone()
    {
        Drop("signal.txt", "LONG BTC 🚀\nSL 1\n");
        await SettleAsync();
        var post = Assert.Single(_posts);
        Assert.Equal(("drop:desk", "LONG BTC 🚀\nSL 1", 1, MessageChange.Posted), (post.Channel.Value, post.Text, post.Revision, post.Change));
        Assert.Equal((Instant.From(Now.AddSeconds(-10)), Instant.From(_time.GetUtcNow())), (post.PostedAt, post.ReceivedAt));
        Assert.Equal(["done/signal.txt"], Files());
    }

    [Fact]
    public async Task Look_AFileThatGrows_IsTakenOnceItIsWhole()
    {
        Drop("signal.txt", "LONG");
        await LookAsync();
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Drop("signal.txt", "LONG BTC");
        await LookAsync();
        _time.Advance(TimeSpan.FromMilliseconds(400));
        await LookAsync();
        Assert.Empty(_posts);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await LookAsync();
        Assert.Equal("LONG BTC", Assert.Single(_posts).Text);
    }

    [Fact]
    public async Task Look_AFileUnderAnotherName_IsLeftAloneUntilItIsRenamed()
    {
        Drop("signal.txt.part", "LONG BTC");
        Drop(".signal.txt", "LONG BTC");
        await SettleAsync();
        Assert.Empty(_posts);
        File.Move(_folder.FileAt("signal.txt.part"), _folder.FileAt("signal.txt"));
        await SettleAsync();
        Assert.Single(_posts);
        Assert.Equal([".signal.txt", "done/signal.txt"], Files());
    }

    [Fact]
    public async Task Look_SeveralFiles_AreTakenInTheOrderInWhichTheyWereWritten()
    {
        Drop("b.txt", "second", secondsAgo: 20);
        Drop("a.txt", "third", secondsAgo: 10);
        Drop("c.jsonl", "{\"text\":\"first\",\"time\":1767268700}\n\n{\"text\":\"first too\",\"time\":\"2026-01-01T11:59:00Z\"}\n", secondsAgo: 30);
        Drop("d.json", "[{\"text\":\"fourth\"},{\"text\":\"fifth\"}]", secondsAgo: 5);
        await SettleAsync();
        Assert.Equal(["first", "first too", "second", "third", "fourth", "fifth"], _posts.Select(post => post.Text));
        Assert.Equal([1_767_268_700_000L, 1_767_268_740_000L], _posts.Take(2).Select(post => post.PostedAt.UnixMilliseconds));
        Assert.Equal(6, _posts.Select(post => post.MessageId).Distinct().Count());
    }

    public static TheoryData<string, byte[], string> Refusals => new()
    {
        { "empty.txt", [], "there is no text in the file" },
        { "blank.txt", " \n\t"u8.ToArray(), "there is no text in the file" },
        { "latin.txt", [(byte)'L', 0xE4, (byte)'x'], "the file is not UTF-8: byte 1 is no part of a character" },
        { "half.json", "{\"text\":\"LONG"u8.ToArray(), "" },
        { "list.json", "[{\"text\":\"a\"},{\"words\":\"b\"}]"u8.ToArray(), "entry 2 has no 'text'" },
        { "number.json", "7"u8.ToArray(), "the file must be an object, but is number" },
        { "none.json", "[]"u8.ToArray(), "there is no text in the file" },
        { "blank.json", "[{\"text\":\"a\"},{\"text\":\" \"}]"u8.ToArray(), "one of the posts has no text" },
        { "time.json", "{\"text\":\"a\",\"time\":\"2026-01-01T11:59:00\"}"u8.ToArray(), "the 'time' of the file is neither Unix time nor ISO 8601 with a zone" },
        { "half-character.json", "{\"text\":\"\\ud83d\"}"u8.ToArray(), "the 'text' of the file has an escape that is no character" },
        { "lines.jsonl", "{\"text\":\"a\"}\nLONG BTC\n"u8.ToArray(), "line 2 is not JSON" },
        { "large.txt", new byte[2001], "the file has 2001 bytes; at most 2000 are read" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Look_AFileThatCantBeRead_IsRefusedAsAWholeWithTheReasonBesideIt(string name, byte[] content, string reason)
    {
        await File.WriteAllBytesAsync(_folder.FileAt(name), content);
        await SettleAsync();
        Assert.Empty(_posts);
        Assert.Equal([$"refused/{name}", $"refused/{name}.reason"], Files());
        Assert.StartsWith(reason, await File.ReadAllTextAsync(Path.Combine(_folder.Path, "refused", name + ".reason")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_AfterACrashBetweenHandingOverAndMoving_HandsOverTheSameIds()
    {
        Drop("signals.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
        _take = post =>
        {
            _posts.Add(post);
            return _posts.Count < 2 ? true : throw new TimeoutException("the process dies here");
        };
        await LookAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => _source.LookAsync(default));
        Assert.Equal(["signals.jsonl"], Files());

        // The next process; the inbox knows the first post.
        var first = _posts[0].MessageId;
        _posts.Clear();
        _take = post =>
        {
            _posts.Add(post);
            return post.MessageId != first;
        };
        _source = Source();
        await SettleAsync();
        Assert.Equal(["one", "two"], _posts.Select(post => post.Text));
        Assert.Equal(first, _posts[0].MessageId);
        Assert.Equal(["done/signals.jsonl"], Files());
        Assert.Contains(_log.Entries, entry => entry.Text.Contains("1 were handed over before", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_TheSameNameWithOtherContent_IsAnotherPostAndKeepsBothFiles()
    {
        Drop("signal.txt", "one");
        await SettleAsync();
        Drop("signal.txt", "two");
        await SettleAsync();
        Assert.Equal(2, _posts.Select(post => post.MessageId).Distinct().Count());
        Assert.Equal(["done/signal-2.txt", "done/signal.txt"], Files());
    }

    [Fact]
    public async Task Look_AClockThatIsAhead_MakesNoPostFromTheFuture()
    {
        Drop("signal.txt", "LONG", secondsAgo: -3600);
        await SettleAsync();
        Assert.Equal(Instant.From(_time.GetUtcNow()), Assert.Single(_posts).PostedAt);
    }

    [Fact]
    public async Task Look_AFileThatCantBeMoved_IsLoggedOnceAndTriedAgain()
    {
        Drop("signal.txt", "LONG");
        await LookAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        // A folder that is a file lets nothing be moved into it.
        Directory.Delete(_folder.FileAt("done"));
        await File.WriteAllTextAsync(_folder.FileAt("done"), "");
        await LookAsync();
        await LookAsync();
        Assert.Equal(["done", "signal.txt"], Files());
        Assert.Single(_log.Entries, entry => entry.Text.Contains("tried again", StringComparison.Ordinal));
        File.Delete(_folder.FileAt("done"));
        await SettleAsync();
        Assert.Equal(["done/signal.txt"], Files());
    }

    [Fact]
    public async Task Run_UntilCancelled_LooksEveryQuarterOfASecond()
    {
        Drop("signal.txt", "LONG");
        using var stop = new CancellationTokenSource();
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _take = _ => taken.TrySetResult();
        var running = _source.RunAsync(stop.Token);
        for (var tick = 0; tick < 20 && !taken.Task.IsCompleted; tick++)
        {
            await _time.WaitForTimerAsync(TimeSpan.FromMilliseconds(250));
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        await taken.Task.WaitAsync(ManualTimeProvider.Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private FileDropSource Source() =>
        new(new FileDropOptions(_folder.Path, "desk") { LargestBytes = 2000 }, (post, _) => ValueTask.FromResult(_take(post)), _time, _log);

    private Task LookAsync() => _source.LookAsync(default);

    private async Task SettleAsync()
    {
        await LookAsync();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await LookAsync();
    }

    private void Drop(string name, string content, double secondsAgo = 10)
    {
        File.WriteAllText(_folder.FileAt(name), content, new UTF8Encoding(false));
        File.SetLastWriteTimeUtc(_folder.FileAt(name), Now.AddSeconds(-secondsAgo).UtcDateTime);
    }

    private string[] Files() => [.. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.Path, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
