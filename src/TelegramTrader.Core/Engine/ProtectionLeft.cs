namespace TelegramTrader.Core.Engine;

/// <summary>What protects open positions while the program is not running. Trades by their numbers.</summary>
/// <param name="Held">A stop for all of it rests at the exchange.</param>
/// <param name="Watched">The stop, or a part of it, is watched by the program alone.</param>
/// <param name="Unprotected">No stop was certain to work, or no prices came to watch one by.</param>
/// <param name="Waiting">Orders may bring them a position, which would have no stop yet.</param>
/// <param name="IsSimulated">The exchange stands still with the program.</param>
public sealed record ProtectionLeft(IReadOnlyList<int> Held, IReadOnlyList<int> Watched, IReadOnlyList<int> Unprotected, IReadOnlyList<int> Waiting, bool IsSimulated);
