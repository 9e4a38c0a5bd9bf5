using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Messages;

/// <summary>A post of the past as it stands now. Where <see cref="EditedAt"/> is given, its text is that of the last edit, and what it said before is not known.</summary>
public sealed record HistoricPost(ChannelId Channel, long MessageId, Instant PostedAt, Instant? EditedAt, string Text, long? ReplyTo, bool HasMedia);

/// <param name="Added">Versions that are new.</param>
/// <param name="Known">Posts that were there already.</param>
/// <param name="FirstTextUnknown">Of the new ones, those that were edited before.</param>
public sealed record HistoryStored(int Added, int Known, int FirstTextUnknown);
