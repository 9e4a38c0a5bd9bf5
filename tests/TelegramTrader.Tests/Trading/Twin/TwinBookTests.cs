using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Twin;
using TelegramTrader.Core.Comparison;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader.Tests.Trading.Twin;

/// <summary>What the book makes of executions that are missing, late or without a price, and that it survives.</summary>
public sealed class TwinBookTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly DataFolder _folder;
    private readonly TwinStore _store;

    public TwinBookTests()
    {
        _folder = DataFolder.Open(_temporary.Path);
        _store = new TwinStore(_folder);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public void Commits_OfADeskThatAnExecutionOfIsMissing_LeaveTheTradeOut()
    {
        var (live, twin) = Desks();
        var book = new TwinBook(_store, PaperTwin.Account, Mids());
        book.Begin(live[0].Changes.Trades.Values.First(), gap: null);
        // All that live did, but not its last execution.
        foreach (var commit in live.Where(commit => commit.Changes.Fills.Count == 0 || commit != live.Last(last => last.Changes.Fills.Count > 0)).Concat(twin))
            book.OnCommit(commit);
        book.OnCommit(Without(live.Last(commit => commit.Changes.Fills.Count > 0)));

        Assert.Equal(new ExecutionSum("USDT", ExecutionDifference.None, 0, 1), Assert.Single(book.Sums(null, null)));
        Assert.Equal("an execution of the live trade is missing", _store.Find(1)!.Gap);
    }

    [Fact]
    public void Commits_WithAnExecutionAfterTheEnd_TakeTheTradeOutAgain()
    {
        var (live, twin) = Desks();
        var book = Settled(live, twin);
        Assert.Equal((1, 0), Counts(book));

        book.OnCommit(live.Last(commit => commit.Changes.Fills.Count > 0));

        Assert.Equal((0, 1), Counts(book));
        Assert.Contains("after the trade had ended", _store.Find(1)!.Gap, StringComparison.Ordinal);
    }

    [Fact]
    public void Commits_WithFundingAfterBothHaveEnded_TakeTheTradeOutAgain()
    {
        var (live, twin) = Desks();
        var book = Settled(live, twin);
        var paid = Without(live[^1]);
        paid.Changes.Funding.Add(new BookedFunding(1, "p1", Some.Btc, new Money(-1m, "USDT"), 0.0001m, Some.Time));

        book.OnCommit(paid);

        Assert.Equal((0, 1), Counts(book));
        Assert.Contains("funding was told after", _store.Find(1)!.Gap, StringComparison.Ordinal);
    }

    [Fact]
    public void Commits_WithAnExecutionAfterTheLiveEnd_WhileTheTwinGoesOn_LeaveTheTradeOut()
    {
        var (live, twin) = Desks();
        var book = Settled(live, twin: []);
        Assert.Single(book.UnderWay);

        book.OnCommit(live.First(commit => commit.Changes.Fills.Count > 0));

        Assert.Equal((0, 1), Counts(book));
        foreach (var commit in twin)
            book.OnCommit(commit);
        Assert.Equal((0, 1), Counts(book));
        Assert.Contains("after the trade had ended", _store.Find(1)!.Gap, StringComparison.Ordinal);
    }

    [Fact]
    public void Execution_WithoutAPriceOfItsMoment_LeavesTheTradeOut()
    {
        var (live, twin) = Desks();
        var book = Settled(live, twin, new MidPrices());

        Assert.Equal((0, 1), Counts(book));
        Assert.Contains("is not known", _store.Find(1)!.Gap, StringComparison.Ordinal);
    }

    [Fact]
    public void Book_OpenedAgain_KnowsWhatWasSettled()
    {
        var (live, twin) = Desks();
        var before = Settled(live, twin).Sums(null, null);

        var again = new TwinBook(_store, PaperTwin.Account, new MidPrices());

        Assert.Equal(before, again.Sums(null, null));
        Assert.Empty(again.UnderWay);
        Assert.True(again.Knows(1));
        var pair = _store.Find(1)!;
        Assert.Equal(new SignalId("@alpha/1000/1/0"), pair.Signal);
        Assert.Equal(pair.Live.Entered, pair.Twin.Entered);
    }

    [Fact]
    public void Mark_OfACleanEnd_CountsOnce()
    {
        Assert.Null(_store.TakeMark());
        _store.Mark(Some.Time);
        Assert.Equal(Some.Time, _store.TakeMark()!.At);
        Assert.Null(_store.TakeMark());
        Assert.Equal(Some.Time, _store.Since(Some.Time));
        Assert.Equal(Some.Time, _store.Since(Some.Time + TimeSpan.FromDays(1)));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(5, 100)]
    [InlineData(10, 110)]
    [InlineData(70, 110)]
    [InlineData(71, null)]
    [InlineData(-60, 100)]
    [InlineData(-61, null)]
    public void MidPrices_AtAMoment_AreThoseOfTheLastPriceNearIt(int second, int? expected)
    {
        var mids = new MidPrices();
        mids.See(Some.Quote(99m, 101m));
        mids.See(Some.Quote(109m, 111m, time: Some.Time + TimeSpan.FromSeconds(10)));

        Assert.Equal(expected, (int?)mids.At(Some.Btc, Some.Time + TimeSpan.FromSeconds(second))?.Value);
        Assert.Null(mids.At(Some.Eth, Some.Time));
    }

    private TwinBook Settled(IReadOnlyList<EngineCommit> live, IReadOnlyList<EngineCommit> twin, MidPrices? mids = null)
    {
        var book = new TwinBook(_store, PaperTwin.Account, mids ?? Mids());
        book.Begin(live[0].Changes.Trades.Values.First(), gap: null);
        foreach (var commit in live.Concat(twin))
            book.OnCommit(commit);
        return book;
    }

    private static (int Trades, int Without) Counts(TwinBook book) => Assert.Single(book.Sums(null, null)) is var sum ? (sum.Trades, sum.WithoutTwin) : default;

    private static MidPrices Mids()
    {
        var mids = new MidPrices();
        for (var minute = 0; minute < 5; minute++)
            mids.See(Some.Quote(99m, 101m, time: Some.Time + TimeSpan.FromSeconds(30 * minute)));
        return mids;
    }

    private static EngineCommit Without(EngineCommit commit)
    {
        var changes = new EngineChanges();
        foreach (var (number, trade) in commit.Changes.Trades)
            changes.Trades.Add(number, trade);
        return commit with { Changes = changes };
    }

    /// <summary>The commits of one whole trade on two desks.</summary>
    private static (IReadOnlyList<EngineCommit> Live, IReadOnlyList<EngineCommit> Twin) Desks()
    {
        return (Run(Some.Account), Run(PaperTwin.Account));

        static List<EngineCommit> Run(AccountId account)
        {
            var desk = new PaperDesk(new EngineSettings { Account = account }, PaperDesk.Frictionless with { Account = account });
            desk.Minute(100m, 100m, 100m, 100m);
            desk.Post(ScriptedParser.Signal(TradeSide.Long, new EntryPlan.AtMarket(null), new StopPlan.AtPrice(new Price(95m)), new TargetPlan.AtPrice(new Price(110m), null)), id: 1000);
            desk.Minute(100m, 111m, 100m, 111m);
            desk.Minute(111m, 111m, 111m, 111m);
            Assert.Equal(TradeStage.Closed, desk.Trade(1).Stage);
            return [.. desk.Journal.Commits.Where(commit => commit.Changes.Trades.Count > 0)];
        }
    }
}
