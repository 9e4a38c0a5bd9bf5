namespace TelegramTrader.Chat;

/// <summary>The buttons of a live trade. Each is a command, so rights and confirmation are those of the command.</summary>
public static class TradeButtons
{
    public static ChatButton[] For(int number) =>
    [
        new("Close ½", new ButtonData.Run($"/close {number} 50").ToString()),
        new("Stop → entry", new ButtonData.Run($"/breakeven {number}").ToString()),
        new("Close", new ButtonData.Run($"/close {number}").ToString()),
    ];
}
