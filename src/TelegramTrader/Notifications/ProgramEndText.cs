using TelegramTrader.Chat;
using TelegramTrader.Core.Engine;

namespace TelegramTrader.Notifications;

/// <summary>That the program ended by itself, and what it means for what was open: while it is away, and when it has been started again.</summary>
internal static class ProgramEndText
{
    public static void Write(AnswerBuilder text, Notification.ProgramEnded ended, string label, Formats formats)
    {
        var hasGoneOn = ended.HasGoneOn;
        text.Bold($"🚨 {label} THE PROGRAM {(hasGoneOn ? "HAD" : "HAS")} ENDED by itself").Plain($" at {formats.Time(ended.At)}: {ended.Reason}.").EndRow()
            .Line(hasGoneOn
                ? "That could not be told then. It has been started again and has gone on from there."
                : "Nothing is traded or watched until it is started again; it takes up from there. The log has the details.");
        if (ended.Left is not { } left)
        {
            text.Line(hasGoneOn ? "How open positions were protected is not known: see /positions." : "How open positions are protected could not be read: look at the exchange itself.");
            return;
        }

        var hasOpen = left.Held.Count + left.Watched.Count + left.Unprotected.Count > 0;
        if (!hasOpen)
            text.Line($"No position {(hasGoneOn ? "was" : "is")} open.");
        if (left.IsSimulated)
        {
            if (hasOpen)
                text.Line($"Positions of the simulated exchange {(hasGoneOn ? "stood" : "stand")} still meanwhile.");
            return;
        }

        Line(left.Held, "the stop rests at the exchange and stays there.", "the stop rested at the exchange all the time.");
        Line(left.Watched, "the stop, or a part of it, was watched by the bot alone. NOBODY WATCHES IT NOW: look at the exchange itself.", "nobody watched the stop, or a part of it, meanwhile. It is watched again.");
        Line(left.Unprotected, "NO STOP is certain to work: look at the exchange itself.", "no stop was certain to work meanwhile. It is seen to once the account was read.");
        Line(left.Waiting, "entries wait at the exchange. What is filled meanwhile has no stop until the bot is back.", "entries waited at the exchange. What was filled meanwhile gets its stop once the account was read.");

        void Line(IReadOnlyList<int> trades, string whileAway, string afterwards)
        {
            if (trades.Count > 0)
                text.Line($"{string.Join(", ", trades.Select(number => $"#{number}"))}: {(hasGoneOn ? afterwards : whileAway)}");
        }
    }
}
