using CsvHelper;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary>Outcomes as CSV, one row a signal. docs/cli.md names the columns. A text from outside that a table program would take for a formula has an apostrophe before it.</summary>
internal static class OutcomeCsv
{
    private static readonly (string Name, Action<CsvWriter, SignalOutcome> Write)[] Columns =
    [
        ("id", (csv, outcome) => csv.WriteField(outcome.Id.Value)),
        ("channel", (csv, outcome) => csv.WriteField(outcome.Channel.Value)),
        ("message_id", (csv, outcome) => csv.WriteField(outcome.MessageId)),
        ("symbol", (csv, outcome) => csv.WriteField(outcome.Symbol.ToString())),
        ("side", (csv, outcome) => csv.WriteField(PostsJson.Word(outcome.Side))),
        ("posted_at", (csv, outcome) => Time(csv, outcome.PostedAt)),
        ("acted_at", (csv, outcome) => Time(csv, outcome.ActedAt)),
        ("end", (csv, outcome) => csv.WriteField(PostsJson.Word(outcome.End))),
        ("reason", (csv, outcome) => csv.WriteField(outcome.Reason ?? "")),
        ("entry_price", (csv, outcome) => Number(csv, outcome.EntryPrice)),
        ("opened_at", (csv, outcome) => Time(csv, outcome.OpenedAt)),
        ("closed_at", (csv, outcome) => Time(csv, outcome.ClosedAt)),
        ("stop", (csv, outcome) => Number(csv, outcome.Stop)),
        ("targets", (csv, outcome) => csv.WriteField(string.Join(' ', outcome.Targets.Select(target => PostsJson.Short(target).ToString(System.Globalization.CultureInfo.InvariantCulture))))),
        ("targets_reached", (csv, outcome) => csv.WriteField(outcome.TargetsReached)),
        ("gross", (csv, outcome) => Number(csv, outcome.Gross)),
        ("fees", (csv, outcome) => Number(csv, outcome.Fees)),
        ("funding", (csv, outcome) => Number(csv, outcome.Funding)),
        ("net", (csv, outcome) => Number(csv, outcome.Net)),
        ("r_multiple", (csv, outcome) => Number(csv, outcome.RMultiple)),
        ("same_candle_conflicts", (csv, outcome) => csv.WriteField(outcome.SameCandleConflicts)),
        ("post_had_stop", (csv, outcome) => csv.WriteField(outcome.PostHadStop)),
        ("edited_later", (csv, outcome) => csv.WriteField(outcome.EditedLater)),
        ("deleted_later", (csv, outcome) => csv.WriteField(outcome.DeletedLater)),
    ];

    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, IReadOnlyList<SignalOutcome> outcomes)
    {
        using var csv = CsvWriter.ToFile(path, new CsvWriterOptions { Injection = CsvInjection.Escape, NewLine = "\n", TrueValue = "1", FalseValue = "0" });
        foreach (var (name, _) in Columns)
            csv.WriteField(name);
        csv.EndRecord();
        foreach (var outcome in outcomes)
        {
            foreach (var (_, write) in Columns)
                write(csv, outcome);
            csv.EndRecord();
        }
    }

    private static void Number(CsvWriter csv, decimal? value) => csv.WriteField(PostsJson.Short(value));

    private static void Time(CsvWriter csv, Instant? time) => csv.WriteField(time?.UnixMilliseconds);
}
