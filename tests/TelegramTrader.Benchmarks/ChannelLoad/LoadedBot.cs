using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Messages;
using TelegramTrader.Connectors.Storage.Simulated;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Trading;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>
/// The way of a post as in a bot on paper, put together of the same parts: gateway process, supervisor, listener, intake with inbox and ledger, engine, journal,
/// simulated exchange. Only what lies behind the gateway's protocol, and the market, are made up.
/// </summary>
internal sealed class LoadedBot : IAsyncDisposable
{
    private static readonly EngineSettings Settings = new()
    {
        // Many trades at once, and small ones, so that the load goes the whole way and not only to the first limit.
        Risk = new RiskSettings
        {
            RiskPerTrade = 0.0005m, PositionsAtOnce = 60, PositionsPerChannel = 3, PositionsPerSymbol = 10, TotalExposure = 20m, TotalOpenRisk = 1m, DuplicateWindow = TimeSpan.Zero,
            DailyLoss = 0.9m, WeeklyLoss = 0.9m, OldestSignal = TimeSpan.FromMinutes(5),
        },
    };

    private readonly CancellationTokenSource _end = new();
    private readonly DataFolder _folder;
    private readonly MessageInbox _inbox;
    private readonly SimulationStore _store;
    private readonly EngineThread _thread;
    private readonly TradingDesk _desk;
    private readonly PostIntake _intake;
    private readonly ChannelListener _listener;
    private readonly GatewaySupervisor _gateway;
    private Task _running = Task.CompletedTask;

    /// <param name="gatewayOptions">Without a folder, which is that of the truth.</param>
    public LoadedBot(string path, TelegramTruth truth, PostPlan plan, GatewayOptions gatewayOptions, TimeProvider time, ILoggerFactory logs)
    {
        _folder = DataFolder.Open(path);
        var values = new KeyValueStore(_folder);
        var quotes = new LatestQuotes();
        var parser = new SignalParser();
        _inbox = new MessageInbox(_folder, new PostPrices(quotes, parser, Settings.QuoteAliases));
        _store = new SimulationStore(_folder);
        var sink = new LateSink();
        var instruments = PostTexts.Market.Select(listed => listed.Instrument).ToArray();
        var simulated = new StoredSimulatedExchange(
            new SimulatedExchange(new SimulationSettings { Account = Settings.Account, StartingBalance = new Money(10_000_000m, "USDT") }, instruments, sink), _store);
        Orders = new OrderWatch(simulated);
        Decided = new Decided(plan, time);
        var runner = new EngineRunner(new TradingEngine(new EngineState(), Settings, parser, simulated.Capabilities), new SqliteJournal(_folder, _ => [1L]), Orders, [Decided]);
        sink.Target = runner;
        var clock = new RealClock(time);
        _thread = new EngineThread(runner, simulated, quotes, clock);
        _desk = new TradingDesk(runner, clock, "PAPER", Settings);
        _intake = new PostIntake(_inbox, new PostTries(values, logs.CreateLogger<PostTries>()), _desk, null, time, logs.CreateLogger<PostIntake>());

        _gateway = new GatewaySupervisor(gatewayOptions with { Folder = truth.Folder }, time, () => 0, logs.CreateLogger<GatewaySupervisor>());
        Account = new TelegramAccount(_gateway, new TelegramApplication(1, "load"), new NoSessions(), time, logs.CreateLogger<TelegramAccount>());
        var memory = new StoredChannelMemory(values, _inbox);
        memory.SaveFollowed([.. plan.Channels.Select(channel => new FollowedChannel(channel.Value, channel.Value, channel.Value))]);
        _listener = new ChannelListener(
            new ChannelGateway(_gateway, Account, logs.CreateLogger<ChannelGateway>()), memory,
            posts =>
            {
                _intake.Hand(posts);
                return ValueTask.CompletedTask;
            },
            new ChannelListenerOptions(), time, logs.CreateLogger<ChannelListener>());
    }

    public OrderWatch Orders { get; }

    public Decided Decided { get; }

    public TelegramAccount Account { get; }

    public IReadOnlyList<ChannelStatus> Channels => _listener.Channels;

    public Exception? Failure => _thread.Failure;

    /// <summary>The gateway's process while it runs.</summary>
    public int? GatewayProcess => (_gateway.Health as GatewayHealth.Running)?.ProcessId;

    /// <summary>Started, and every channel followed from behind its latest post.</summary>
    public async Task StartAsync(TimeSpan patience)
    {
        _thread.Start();
        await _intake.TakeUpAsync(_ => true, _end.Token).WaitAsync(patience);
        _running = Task.WhenAll(_gateway.RunAsync(_end.Token), _listener.RunAsync(_end.Token));
        await LookUntilAsync(() => Channels.All(channel => channel is { ConfirmedId: not null, IsSubscribed: true }), patience);
    }

    /// <summary>How much the engine remembers, in words.</summary>
    public Task<string> RememberedAsync() => _desk.ReadAsync(state => string.Create(
        CultureInfo.InvariantCulture, $"{state.Booked.Count} ids of what was booked, {state.Trades.Count} trades of which {state.ActiveTrades.Count()} are under way, {state.Orders.Count} orders, {state.RecentIdeas.Count} ideas, {state.Alerts.Count} alerts"));

    /// <summary>Kills the gateway's process, which has to run; it has ended, and the supervisor knows, when this returns.</summary>
    public async Task KillGatewayAsync(TimeSpan patience)
    {
        var id = GatewayProcess ?? throw new InvalidOperationException("There is no gateway to be killed.");
        using (var process = Process.GetProcessById(id))
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(patience);
        }

        await LookUntilAsync(() => GatewayProcess != id, patience);
    }

    /// <summary>Has the stand-in look at its clock, as soon as there is one.</summary>
    public async Task MoveAsync(TimeSpan patience)
    {
        do
            await LookUntilAsync(() => GatewayProcess is not null, patience);
        while (await _gateway.CallAsync<JsonElement>("plan.move", null, patience, CancellationToken.None) is not GatewayAnswer<JsonElement>.Ok);
    }

    /// <summary>Looks again and again, because the bot works on its own threads.</summary>
    /// <exception cref="TimeoutException">It was not so in time, or the engine has stopped.</exception>
    public async Task LookUntilAsync(Func<bool> isTrue, TimeSpan patience)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var since = Stopwatch.GetTimestamp(); !isTrue();)
        {
            if (Failure is { } failure)
                throw new TimeoutException("The engine has stopped.", failure);
            if (Stopwatch.GetElapsedTime(since) > patience)
                throw new TimeoutException($"Waited for {patience.TotalSeconds:0} s in vain; {Decided.Count} versions of posts were decided.");
            await pause.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _listener.Dispose();
        _thread.Stop();
        _store.Dispose();
        _inbox.Dispose();
        _folder.Dispose();
        _end.Dispose();
    }

    private sealed class LateSink : IEventSink
    {
        public IEventSink? Target { get; set; }

        public void Post(EngineEvent engineEvent) => Target!.Post(engineEvent);
    }

    private sealed class RealClock(TimeProvider time) : IDeskClock
    {
        public Instant Now => Instant.From(time.GetUtcNow());

        public bool IsReal => true;
    }

    private sealed class NoSessions : ISessionStore
    {
        public string? Load() => "of the stand-in";

        public void Save(string session)
        {
        }
    }
}
