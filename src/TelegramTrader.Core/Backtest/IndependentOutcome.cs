using TelegramTrader.Core.Positions;

namespace TelegramTrader.Core.Backtest;

/// <summary>How the last part of a signal's position was left, or why there was none.</summary>
public enum IndependentEnd
{
    Stop,
    Target,

    /// <summary>At the close of the last bar it may last.</summary>
    Time,

    /// <summary>The candles ended before: valued as if sold at the last close.</summary>
    End,

    /// <summary>No bar opens after the signal.</summary>
    Unfilled,

    /// <summary>The signal contradicts itself.</summary>
    Rejected,
}

/// <param name="Reason">Why there was no position; empty when there was one.</param>
/// <param name="EntryBar">Null when there was no position, as <paramref name="ExitBar"/> and <paramref name="Closed"/>.</param>
/// <param name="Closed">The result as the position books it.</param>
/// <param name="Conflict">On the bar of the stop lay a target too. The stop was taken.</param>
public sealed record IndependentOutcome(IndependentSignal Signal, IndependentEnd End, string Reason, int? EntryBar, int? ExitBar, int TargetsHit, ClosedPosition? Closed, bool Conflict)
{
    public static IndependentOutcome WithoutPosition(IndependentSignal signal, IndependentEnd end, string reason) => new(signal, end, reason, null, null, 0, null, false);
}
