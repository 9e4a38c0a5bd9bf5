using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels;

/// <summary>
/// Where a source hands its posts: stored before it returns, and traded when it is to be. A source that does not know whether it did hands the post over again.
/// </summary>
/// <returns>False when this version of the post was handed over before, and nothing came of it this time.</returns>
public delegate ValueTask<bool> PostSink(ChannelMessage post, CancellationToken cancellation);
