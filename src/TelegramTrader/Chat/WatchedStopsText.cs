namespace TelegramTrader.Chat;

/// <summary>What is said wherever an exchange that can hold no stops is traded: the danger in plain words, the same everywhere.</summary>
public static class WatchedStopsText
{
    public const string Danger = "No stop rests at this exchange: the bot itself closes at the market when the price is there. While the program, this machine or a connection is down, nothing protects.";

    /// <summary>What a yes to live trading includes.</summary>
    public const string Accepted = "Your yes includes that: no stop at the exchange, nothing that protects while the bot can't see prices or send orders, and entries that wait there may be filled meanwhile.";
}
