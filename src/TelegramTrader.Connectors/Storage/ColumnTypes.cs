using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage;

/// <summary>Instants as Unix milliseconds, so that they can be compared and ordered by the database.</summary>
internal sealed class InstantColumn() : ValueConverter<Instant, long>(instant => instant.UnixMilliseconds, milliseconds => new Instant(milliseconds));

/// <summary>Decimals as exact text. The database can neither order nor add such text; that is done in C#.</summary>
internal sealed class ExactColumn() : ValueConverter<decimal, string>(value => ExactText.Of(value), text => ExactText.ToDecimal(text));
