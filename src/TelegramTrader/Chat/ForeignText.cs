using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Chat;

/// <summary>How a foreign position is named, and the buttons by which a person decides about it. Each is a command, so rights and confirmation are those of the command.</summary>
public static class ForeignText
{
    public static string Name(TradeSide side, Quantity quantity, Symbol symbol, Formats formats) => $"{formats.Side(side)} {formats.Quantity(quantity)} {symbol}";

    /// <param name="number">Of the foreign position.</param>
    /// <param name="canBeTaken">Nothing stands in the way of adopting or closing it.</param>
    /// <param name="isIgnored">Somebody wants it ignored already.</param>
    public static ChatButton[] Buttons(int number, bool canBeTaken, bool isIgnored) =>
    [
        .. canBeTaken ? [Button("Adopt", ForeignResolution.Adopt, number), Button("Close", ForeignResolution.Close, number)] : Array.Empty<ChatButton>(),
        .. isIgnored ? Array.Empty<ChatButton>() : [Button("Ignore", ForeignResolution.Ignore, number)],
    ];

    /// <summary>The command line that orders it.</summary>
    public static string Command(ForeignResolution resolution, int number) => $"/reconcile {resolution.ToString().ToLowerInvariant()} {number}";

    private static ChatButton Button(string label, ForeignResolution resolution, int number) => new(label, new ButtonData.Run(Command(resolution, number)).ToString());
}
