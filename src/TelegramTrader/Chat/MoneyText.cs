using System.Globalization;
using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Chat;

/// <summary>How money that came or went without a trade is told, and the buttons by which a person says what it was. Each is a command, so rights and confirmation are those of the command.</summary>
public static class MoneyText
{
    /// <param name="number">Of the question.</param>
    public static ChatButton[] Buttons(int number) =>
    [
        new("It was a withdrawal", new ButtonData.Run(Command(MissingMoneyResolution.Payout, number)).ToString()),
        new("It was a loss", new ButtonData.Run(Command(MissingMoneyResolution.Loss, number)).ToString()),
    ];

    /// <summary>The command line that orders it.</summary>
    public static string Command(MissingMoneyResolution resolution, int number) => $"/reconcile {resolution.ToString().ToLowerInvariant()} {number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>From what the loss limits count.</summary>
    /// <param name="day">What the loss of the day is measured against; null where nothing is.</param>
    /// <param name="week">Likewise, of the week.</param>
    public static string Baselines(Money? day, Money? week, Formats formats) => (day, week) switch
    {
        ({ } ofDay, { } ofWeek) => $"The loss limits count from {formats.Money(ofDay)} (day) and {formats.Money(ofWeek)} (week) now.",
        (null, { } ofWeek) => $"The loss limit of the week counts from {formats.Money(ofWeek)} now.",
        ({ } ofDay, null) => $"The loss limit of the day counts from {formats.Money(ofDay)} now.",
        _ => "The loss limits count from the equity that is found next.",
    };
}
