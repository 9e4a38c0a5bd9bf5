using CsvHelper;
using TelegramTrader.Chat;
using TelegramTrader.Core.Judgement.Scorecards;

namespace TelegramTrader.Cli.Backtests;

/// <summary>The ranking as a table for a spreadsheet, one row a channel; docs/cli.md names the columns.</summary>
internal static class ScorecardCsv
{
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, IReadOnlyList<RankedCard> ranking)
    {
        using var csv = CsvWriter.ToFile(path, new CsvWriterOptions { Injection = CsvInjection.Escape, NewLine = "\n" });
        foreach (var column in Columns)
            csv.WriteField(column.Name);
        csv.EndRecord();
        foreach (var ranked in ranking)
        {
            foreach (var column in Columns)
                Write(csv, column.Value(ranked));
            csv.EndRecord();
        }
    }

    /// <summary>Numbers as numbers: a text that begins with a sign would be escaped, as it may be meant as a formula.</summary>
    private static void Write(CsvWriter csv, object? value)
    {
        switch (value)
        {
            case double number:
                csv.WriteField(number);
                break;
            case int count:
                csv.WriteField(count);
                break;
            default:
                csv.WriteField((string?)value);
                break;
        }
    }

    private static readonly (string Name, Func<RankedCard, object?> Value)[] Columns =
    [
        ("rank", ranked => ranked.Rank),
        ("channel", ranked => ranked.Card.Channel.Value),
        ("verdict", ranked => ScorecardText.Word(ranked.Card.Verdict.Advice)),
        ("reason", ranked => ranked.Card.Verdict.Reason),
        ("signals", ranked => ranked.Card.Signals.Seen),
        ("closed", ranked => ranked.Card.Signals.Closed),
        ("still_open", ranked => ranked.Card.Signals.StillOpen),
        ("unfilled", ranked => ranked.Card.Signals.Unfilled),
        ("denied", ranked => ranked.Card.Signals.Denied),
        ("edited_later", ranked => ranked.Card.Signals.EditedLater),
        ("deleted_later", ranked => ranked.Card.Signals.DeletedLater),
        ("without_stop", ranked => ranked.Card.Signals.WithoutStop),
        ("days", ranked => ranked.Card.Days),
        ("win_rate", ranked => ranked.Card.Results.WinRate),
        ("expectancy", ranked => ranked.Card.Results.Expectancy),
        ("expectancy_low", ranked => ranked.Card.Expectancy?.Low),
        ("expectancy_high", ranked => ranked.Card.Expectancy?.High),
        ("profit_factor", ranked => ranked.Card.Results.ProfitFactor),
        ("max_drawdown", ranked => ranked.Card.Results.MaxDrawdown),
        ("sum_r", ranked => ranked.Card.Results.SumR),
        ("median_held_seconds", ranked => ranked.Card.Results.MedianHeld?.TotalSeconds),
        ("moved_before", ranked => ranked.Card.Moves?.Moved),
        ("claims_true", ranked => ranked.Card.Claims.True),
        ("claims_false", ranked => ranked.Card.Claims.False),
        ("p_value", ranked => ranked.Card.Skill?.PValue),
    ];
}
