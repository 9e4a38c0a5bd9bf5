using System.Globalization;
using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Chat;

/// <summary>How foreign positions and orders are named, and the buttons by which a person decides about it. Each is a command, so rights and confirmation are those of the command.</summary>
public static class ForeignText
{
    public static string Name(TradeSide side, Quantity quantity, Symbol symbol, Formats formats) => $"{formats.Side(side)} {formats.Quantity(quantity)} {symbol}";

    public static string Name(OpenOrder order, Formats formats) =>
        $"{(order.Side == OrderSide.Buy ? "BUY" : "SELL")} {Kind(order.Type)} {(order.Quantity is { } quantity ? formats.Quantity(quantity) : "of everything")} {order.Symbol}"
        + $"{(order.Price is { } price ? $" at {formats.Price(price)}" : "")}{(order.Trigger is { } trigger ? $", from {formats.Price(trigger)} on" : "")}{(order.ReduceOnly ? ", reduce-only" : "")}";

    /// <summary>What a person should know of it besides its figures; null for nothing.</summary>
    public static string? Warning(ForeignOrder order) => (order.MayCloseOurs, order.IsNamedLikeOurs) switch
    {
        (true, true) => "It may close the bot's position there. By its name it is the bot's, and it is not in the books: of another data folder, or of one that was lost.",
        (true, false) => "It may close the bot's position there.",
        (false, true) => "By its name it is the bot's, and it is not in the books: of another data folder, or of one that was lost.",
        _ => null,
    };

    /// <summary>Several orders are shown at once: each button says which it means.</summary>
    public static ChatButton[] Buttons(ForeignOrder order) =>
    [
        new($"Withdraw {Number(order.Number)}", new ButtonData.Run(Command(ForeignOrderResolution.Withdraw, order.Number)).ToString()),
        .. order.LeftBy is null ? [new ChatButton($"Leave {Number(order.Number)}", new ButtonData.Run(Command(ForeignOrderResolution.Leave, order.Number)).ToString())] : Array.Empty<ChatButton>(),
    ];

    /// <summary>The command line that orders it.</summary>
    public static string Command(ForeignOrderResolution resolution, int number) => $"/reconcile {resolution.ToString().ToLowerInvariant()} {Number(number)}";

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

    private static string Kind(string type) => type switch
    {
        "stopMarket" => "stop",
        "takeProfitMarket" or "takeProfitLimit" => "take profit",
        "oneCancelsOther" => "stop and target in one",
        _ => type,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static ChatButton Button(string label, ForeignResolution resolution, int number) => new(label, new ButtonData.Run(Command(resolution, number)).ToString());
}
