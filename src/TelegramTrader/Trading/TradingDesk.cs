using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Trading;

/// <summary>What the chat, the notifications and the jobs may do with the desk: read it, and post commands to the engine. Nothing here places an order.</summary>
public sealed class TradingDesk(EngineRunner runner, IDeskClock clock, string label, EngineSettings settings)
{
    /// <summary>How the mode is shown to people, for example PAPER.</summary>
    public string Label { get; } = label;

    public EngineSettings Settings { get; } = settings;

    /// <summary>The time of the market the desk trades on.</summary>
    public Instant Now => clock.Now;

    /// <summary>The desk's time is the time of people's own clocks.</summary>
    public bool HasRealTime => clock.IsReal;

    public Task<DeskSnapshot> SnapshotAsync() => runner.ReadAsync(DeskSnapshot.Of);

    public Task<T> ReadAsync<T>(Func<EngineState, T> read) => runner.ReadAsync(read);

    public Task<OperatorResult> CommandAsync(OperatorCommand command) => runner.CommandAsync(command, clock.Now);

    public void Post(EngineEvent engineEvent) => runner.Post(engineEvent);
}

/// <summary>The time of the market: the system's clock, or that of a recording.</summary>
public interface IDeskClock
{
    Instant Now { get; }

    /// <summary>It is the time of people's own clocks, and not that of a recording.</summary>
    bool IsReal { get; }
}
