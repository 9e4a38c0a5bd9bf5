namespace TelegramTrader.Connectors.Storage.Rows;

/// <summary>One named value.</summary>
public sealed class StateRow
{
    public required string Key { get; set; }

    public required string Value { get; set; }
}
