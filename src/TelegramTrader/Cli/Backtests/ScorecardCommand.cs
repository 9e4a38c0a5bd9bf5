using System.CommandLine;
using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary>The arguments of <c>scorecard</c>.</summary>
internal static class ScorecardCommand
{
    private const int MostClosed = 100_000;

    public static Command Of(Option<string?> settings, TextWriter output, TextWriter errors)
    {
        var messages = new Option<string?>("--messages")
        {
            Description = "Posts of one or many channels, with all versions: lines of JSON as in signals_raw.jsonl or a recording; or result.json of Telegram Desktop's export. Unless given, the stored posts (end the bot first).", HelpName = "FILE",
        };
        var channel = new Option<string?>("--channel") { Description = "This channel only, with or without its @.", HelpName = "NAME" };
        var candles = SignalCommand.Files("--candles", "CSV with time, open, high, low, close, volume, compressed where the name ends in .gz, or folders of them; the candles in the data folder unless given.");
        var finer = SignalCommand.Files("--finer", "Shorter candles, which show the way through those of --candles.");
        var funding = SignalCommand.Files("--funding", "CSV with time, funding_rate; files whose name has the word funding in a folder of --candles count too.");
        var from = new Option<Instant?>("--from") { Description = "Posts from this day or moment on, UTC.", HelpName = "DATE", CustomParser = result => CandleCommands.DateOf(result) };
        var to = new Option<Instant?>("--to") { Description = "Posts before this day or moment. What they opened is followed to its end.", HelpName = "DATE", CustomParser = result => CandleCommands.DateOf(result) };
        var delay = DelayOptions.One("--delay", "How much later than they came the posts are acted upon, in seconds; 0 unless given.");
        var sweep = DelayOptions.Several("--delay-sweep", "Further delays in seconds, for what acting late costs; 60,240 unless given.", [.. ScorecardOrder.UsualDelays]);
        var limits = new Option<bool>("--limits") { Description = "Each channel trades one account with all limits. Unless given, each signal is taken alone, so that no limit hides what it was worth." };
        var timeframe = CandleCommands.TimeframeOption();
        timeframe.Description = "Without --candles: which stored candles are walked through.";
        var least = new Option<int?>("--least") { Description = "With fewer closed positions a channel is not judged; that of the settings (Scorecards:LeastClosed) unless given.", HelpName = "N" };
        least.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is (< 1 or > MostClosed) and var count)
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--least must be 1 to {MostClosed} but is {count}."));
        });
        var seed = new Option<long>("--seed") { Description = "Of the draws: the same draws the same; 1 unless given.", HelpName = "S", DefaultValueFactory = _ => 1 };
        var csv = new Option<string?>("--csv") { Description = "Where the ranking goes as CSV, one row a channel.", HelpName = "FILE" };
        var (json, chart, theme) = (BacktestCommands.Json(), ChartFile.PathOption(), ChartFile.ThemeOption());
        chart.Description = "A picture, as PNG: the channels beside each other, or what the results of the only one add up to.";
        var command = new Command("scorecard", "What channels are worth: results with their interval, against chance, by kind of market; and the ranking of all.")
        {
            messages, channel, candles, finer, funding, from, to, delay, sweep, limits, timeframe, least, seed, csv, json, chart, theme,
        };
        command.SetAction((parsed, cancellation) => ScorecardVerb.RunAsync(
            new ScorecardVerb.Order
            {
                SettingsFile = parsed.GetValue(settings),
                Messages = parsed.GetValue(messages),
                Channel = parsed.GetValue(channel),
                Candles = parsed.GetValue(candles)!,
                Finer = parsed.GetValue(finer)!,
                Funding = parsed.GetValue(funding)!,
                From = parsed.GetValue(from),
                To = parsed.GetValue(to),
                Delay = parsed.GetValue(delay),
                DelaySweep = parsed.GetValue(sweep)!,
                WithLimits = parsed.GetValue(limits),
                Timeframe = parsed.GetValue(timeframe),
                LeastClosed = parsed.GetValue(least),
                Seed = parsed.GetValue(seed),
                Csv = parsed.GetValue(csv),
                AsJson = parsed.GetValue(json),
                Chart = ChartFile.Of(parsed.GetValue(chart), parsed.GetValue(theme)),
            },
            output, errors, cancellation));
        return command;
    }
}
