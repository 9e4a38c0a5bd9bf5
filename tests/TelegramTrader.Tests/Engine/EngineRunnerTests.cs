using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

public sealed class EngineRunnerTests
{
    private static readonly ParseResult Signal = ScriptedParser.Signal(
        TradeSide.Long, new EntryPlan.AtLimit(new Price(990m)), new StopPlan.AtPrice(new Price(970m)), new TargetPlan.AtPrice(new Price(1030m)));

    [Fact]
    public void Run_OrderPlaced_IsCommittedBeforeItIsSent()
    {
        var story = new List<string>();
        var (runner, _, _) = Desk(story);
        Teach(runner);
        Assert.Equal(["commit", "ask"], story[..2]);
        Assert.Equal(["commit", "place", "told"], story[^3..]);
    }

    [Fact]
    public void Run_CommitFails_NothingIsSentAndNothingGoesOn()
    {
        var story = new List<string>();
        var (runner, journal, _) = Desk(story);
        journal.Fails = true;
        Assert.Throws<IOException>(() => Teach(runner));
        Assert.DoesNotContain("place", story);
        Assert.IsType<IOException>(runner.Failure);
        runner.Post(new EngineEvent.TimePassed { At = Some.Time });
        Assert.Throws<InvalidOperationException>(() => runner.RunPending());
        Assert.Throws<InvalidOperationException>(() => runner.HandleNow(new EngineEvent.TimePassed { At = Some.Time }));
    }

    [Fact]
    public async Task Command_EngineStopped_FailsInsteadOfWaitingForEver()
    {
        var (runner, journal, _) = Desk([]);
        journal.Fails = true;
        var waiting = runner.CommandAsync(new OperatorCommand.CloseAll { Id = "a", By = "ann" }, Some.Time);
        Assert.Throws<IOException>(() => runner.RunPending());
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.CommandAsync(new OperatorCommand.CloseAll { Id = "b", By = "ann" }, Some.Time));
    }

    [Fact]
    public void Run_ExchangeBreaksItsPromise_StopsForGood()
    {
        var (runner, _, exchange) = Desk([]);
        exchange.Throws = true;
        Assert.Throws<InvalidOperationException>(() => Teach(runner));
        // What was committed was not sent: only a restart asks about it.
        Assert.NotNull(runner.Failure);
    }

    [Fact]
    public async Task Read_ReaderThrows_IsTheReadersTrouble()
    {
        var (runner, _, _) = Desk([]);
        var read = runner.ReadAsync<int>(_ => throw new FormatException("mine"));
        runner.RunPending();
        await Assert.ThrowsAsync<FormatException>(() => read);
        Assert.Null(runner.Failure);
    }

    [Fact]
    public async Task Command_SameIdTwice_IsCarriedOutOnce()
    {
        var (runner, _, _) = Desk([]);
        var first = runner.CommandAsync(new OperatorCommand.CloseAll { Id = "a", By = "ann" }, Some.Time);
        Assert.IsType<OperatorResult.Refused>(await runner.CommandAsync(new OperatorCommand.CloseAll { Id = "a", By = "ann" }, Some.Time));
        runner.RunPending();
        Assert.IsType<OperatorResult.Done>(await first);
        var again = runner.CommandAsync(new OperatorCommand.CloseAll { Id = "a", By = "ann" }, Some.Time);
        runner.RunPending();
        Assert.IsType<OperatorResult.Refused>(await again);
    }

    /// <summary>A commit with changes and no outputs, or the other way round, must not be filled up by the event after it.</summary>
    [Fact]
    public void Commit_KeptByAListener_NeverChangesAfterwards()
    {
        var desk = new PaperDesk();
        var texts = new List<string>();
        desk.Journal.OnCommit = commit => texts.Add(Text(commit));
        desk.Minute(1000m, 1000m, 1000m, 1000m);
        desk.Post(Signal);
        desk.Minute(1000m, 1000m, 985m, 990m);
        desk.Minute(990m, 1031m, 990m, 1031m);
        Assert.Equal(texts, desk.Journal.Commits.TakeLast(texts.Count).Select(Text));

        static string Text(EngineCommit commit) =>
            $"{commit.Event.GetType().Name}: {commit.Outputs.Count} outputs, {commit.Changes.Orders.Count} orders, {commit.Changes.Trades.Count} trades, {commit.Changes.Fills.Count} fills, {commit.Changes.Messages.Count} messages";
    }

    [Fact]
    public void Commit_QuotesThatChangedNothing_ComeWithTheNextOne()
    {
        var (runner, journal, _) = Desk([]);
        runner.Post(new EngineEvent.QuoteReceived(Some.Quote(1001m, 1001m)) { At = Some.Time });
        runner.Post(new EngineEvent.QuoteReceived(Some.Quote(1002m, 1002m)) { At = Some.Time });
        runner.RunPending();
        var commits = journal.Commits.Count;
        Teach(runner);
        Assert.Equal(commits + 1, journal.Commits.Count);
        Assert.Equal(1002m, Assert.Single(journal.Commits[^1].QuotesBefore).Bid.Value);
    }

    private static void Teach(EngineRunner runner)
    {
        runner.Post(new EngineEvent.MessageReceived(Some.Message("signal")) { At = Some.Time });
        runner.RunPending();
    }

    private static (EngineRunner Runner, Journal Journal, Exchange Exchange) Desk(List<string> story)
    {
        var parser = new ScriptedParser();
        parser.Teach("signal", Signal);
        var (journal, exchange) = (new Journal(story), new Exchange(story));
        var engine = new TradingEngine(new EngineState(), new EngineSettings(), parser, exchange.Capabilities);
        var runner = new EngineRunner(engine, journal, exchange, [new Listener(story)]);
        runner.Post(new EngineEvent.InstrumentsReported(Some.Account, [Some.Instrument()]) { At = Some.Time });
        runner.Post(new EngineEvent.QuoteReceived(Some.Quote(1000m, 1000m)) { At = Some.Time });
        runner.Post(new EngineEvent.AccountReported(new AccountReport(Some.Account, new Money(10_000m, "USDT"), [], [], [], [], [])) { At = Some.Time });
        runner.RunPending();
        return (runner, journal, exchange);
    }

    private sealed class Journal(List<string> story) : IJournal
    {
        public bool Fails { get; set; }

        public List<EngineCommit> Commits { get; } = [];

        public void Commit(EngineCommit commit)
        {
            if (Fails)
                throw new IOException("the disk is full");
            Commits.Add(commit);
            story.Add("commit");
        }
    }

    private sealed class Listener(List<string> story) : ICommitListener
    {
        public void Committed(EngineCommit commit) => story.Add("told");
    }

    private sealed class Exchange(List<string> story) : IExchange
    {
        public bool Throws { get; set; }

        public AccountId Account => Some.Account;

        public ExchangeCapabilities Capabilities { get; } = new(HoldsStops: true);

        public void Place(ApprovedOrder order)
        {
            if (Throws)
                throw new InvalidOperationException("a broken promise");
            story.Add("place");
        }

        public void Cancel(Symbol symbol, ClientOrderId orderId) => story.Add("cancel");

        public void Amend(Symbol symbol, ClientOrderId orderId, OrderChange change) => story.Add("amend");

        public void WithdrawForeign(Symbol symbol, string exchangeId) => story.Add("withdraw foreign");

        public void AskAccount(IReadOnlyList<ClientOrderId> orders) => story.Add("ask");
    }
}
