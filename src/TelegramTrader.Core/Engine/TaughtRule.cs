using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Profiles;

namespace TelegramTrader.Core.Engine;

/// <summary>A rule that a person taught, and who and when.</summary>
/// <param name="Number">The version of what was taught when this was added; never given twice.</param>
public sealed record TaughtRule(int Number, ChannelId Channel, ProfileRule Rule, string By, Instant At);
