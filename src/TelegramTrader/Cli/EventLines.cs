using TelegramTrader.Chat;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Notifications;

namespace TelegramTrader.Cli;

/// <summary>Shows at the terminal what happens as it happens: each post with what it was read as, each notification in one line.</summary>
public sealed class EventLines(TerminalScreen screen, NotificationText texts, Formats formats) : ICommitListener
{
    private const int PostLength = 60;

    public void Committed(EngineCommit commit)
    {
        var time = formats.ShortTime(commit.Now);
        foreach (var outcome in commit.Changes.Messages)
            screen.Line($"{time}  ✉ {outcome.Message.Channel} {Verb(outcome.Message.Change)}{Text(outcome.Message.Text)} → {Read(outcome)}");
        foreach (var output in commit.Outputs)
            if (output is EngineOutput.Notify notify)
            {
                var trade = notify.Notification.TradeNumber is { } number ? commit.Changes.Trades.GetValueOrDefault(number) : null;
                var rows = texts.Write(notify.Notification, trade).Rows.Select(row => row.PlainText).Where(text => text.Length > 0);
                screen.Line($"{time}    {string.Join(" — ", rows)}");
            }
    }

    private static string Verb(MessageChange change) => change switch
    {
        MessageChange.Posted => "",
        MessageChange.Edited => "edited: ",
        _ => "deleted a post",
    };

    private static string Read(MessageOutcome outcome) => outcome.Kind switch
    {
        "signal" => $"signal {string.Join(", ", outcome.Decisions.Select(number => $"#{number}"))}",
        _ => outcome.Reason.Length > 0 ? $"{outcome.Kind.Replace('_', ' ')} ({outcome.Reason})" : outcome.Kind.Replace('_', ' '),
    };

    private static string Text(string text)
    {
        var single = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (single.Length <= PostLength)
            return single;
        // Not in the middle of a character that takes two places.
        var end = char.IsHighSurrogate(single[PostLength - 1]) ? PostLength - 1 : PostLength;
        return single[..end] + "…";
    }
}
