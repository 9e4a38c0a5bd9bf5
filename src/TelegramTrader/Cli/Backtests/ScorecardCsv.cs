using System.Globalization;
using System.Text;
using TelegramTrader.Chat;
using TelegramTrader.Core.Judgement.Scorecards;

namespace TelegramTrader.Cli.Backtests;

/// <summary>The ranking as a table for a spreadsheet, one row a channel; docs/cli.md names the columns.</summary>
internal static class ScorecardCsv
{
    public static string Of(IReadOnlyList<RankedCard> ranking)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', Columns.Select(column => column.Name)).Append('\n');
        foreach (var ranked in ranking)
            text.AppendJoin(',', Columns.Select(column => Field(column.Value(ranked)))).Append('\n');
        return text.ToString();
    }

    /// <summary>As RFC 4180 wants it.</summary>
    private static string Field(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static readonly (string Name, Func<RankedCard, object?> Value)[] Columns =
    [
        ("rank", ranked => ranked.Rank),
        // A name that begins as a formula does would be one to a spreadsheet.
        ("channel", ranked => ranked.Card.Channel.Value is ['=' or '+' or '-' or '\t' or '\r', ..] name ? "'" + name : ranked.Card.Channel.Value),
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
