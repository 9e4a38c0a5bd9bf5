namespace TelegramTrader.Chat;

/// <summary>What a person may do; each role may do all that the ones before it may.</summary>
public enum Role
{
    Viewer,
    Trader,
    Admin,
}
