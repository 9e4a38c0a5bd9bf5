using Microsoft.Extensions.Logging;
using TelegramTrader.Chat;
using TelegramTrader.Cli;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Tests.Connectors.Charts;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Chat;

public sealed class PictureDeskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CollectingLogger<PictureDesk> _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Picture_AtATerminal_IsSavedUnderItsName()
    {
        var line = await SaveAsync(ChatPicture.Of(SomeCharts.Of("months")), new ChartPicture.Drawn(new byte[] { 1, 2, 3 }, 1, 1));
        var path = Path.Combine(_folder.Path, "pictures", "months.png");
        Assert.EndsWith($", in {path}", line, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(path));
        // What a stranger wrote can't steer the terminal.
        Assert.DoesNotContain(line, character => char.IsControl(character));
    }

    [Fact]
    public async Task Picture_WithoutNode_IsALineThatSaysWhatToDo() =>
        Assert.Equal("No picture (Title): Node.js is missing. Install it.", await SaveAsync(Titled(SomeCharts.Of("months")), new ChartPicture.Unavailable("Node.js is missing.", "Install it.")));

    [Fact]
    public async Task Picture_WithoutData_IsALineThatSaysWhy() => Assert.Equal(
        "No picture (Title): There are no candles.", await SaveAsync(new ChatPicture("Title", _ => Task.FromResult<ChatChart>(new ChatChart.Missing("There are no candles."))), new ChartPicture.Failed("not asked for")));

    [Fact]
    public async Task Picture_ThatBreaks_IsLoggedAndTheChatGoesOn()
    {
        Assert.Equal(
            "No picture (Title): A mistake in the program; the log has the details.", await SaveAsync(new ChatPicture("Title", _ => throw new InvalidOperationException("broken")), new ChartPicture.Failed("not asked for")));
        Assert.Single(_log.Entries, entry => entry.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Picture_ThatTakesTooLong_IsGivenUp()
    {
        var time = new ManualTimeProvider();
        var desk = new PictureDesk(new FixedRenderer(new ChartPicture.Failed("not asked for")), time, _log);
        var drawing = desk.DrawAsync(
            new ChatPicture("Title", async cancellation =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                return new ChatChart.Missing("");
            }),
            CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal("It was not there within 45 s.", (await drawing).Trouble);
    }

    private static ChatPicture Titled(Chart chart) => ChatPicture.Of(chart with { Title = "Title" });

    private Task<string> SaveAsync(ChatPicture picture, ChartPicture drawn) =>
        new PictureFolder(new PictureDesk(new FixedRenderer(drawn), TimeProvider.System, _log), Path.Combine(_folder.Path, "pictures")).SaveAsync(picture, CancellationToken.None);

    private sealed class FixedRenderer(ChartPicture picture) : IChartRenderer
    {
        public Task<ChartPicture> RenderAsync(Chart chart, CancellationToken cancellation) => Task.FromResult(picture);
    }
}
