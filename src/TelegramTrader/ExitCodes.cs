namespace TelegramTrader;

/// <summary>What the program ends with.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadArguments = 2;
}
