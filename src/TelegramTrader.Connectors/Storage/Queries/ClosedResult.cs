using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Queries;

/// <param name="Net">After fees and funding, in the asset of the account.</param>
public readonly record struct ClosedResult(Instant EndedAt, decimal Net);
